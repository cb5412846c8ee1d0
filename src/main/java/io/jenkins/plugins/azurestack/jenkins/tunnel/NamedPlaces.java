package io.jenkins.plugins.azurestack.jenkins.tunnel;

import io.jenkins.plugins.azurestack.share.UncPath;
import io.jenkins.plugins.azurestack.stamp.BmcSettings;
import io.jenkins.plugins.azurestack.stamp.Endpoint;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The places that connections through an agent may lead to: those that the configuration of one stamp names, and no
 * other. Asked on the controller, and once more on the agent, to which it is sent with every connection. Immutable.
 */
public final class NamedPlaces implements Serializable {
    private static final int HTTPS = 443;
    private static final int SMB = 445;
    private static final int WINRM = 5985;
    private static final int WINRM_OVER_TLS = 5986;
    private static final String ANY_LABEL = "*.";

    /** Who issues tokens for directories of Microsoft Entra ID, in each of its clouds. */
    private static final List<String> ENTRA_AUTHORITIES = List.of(
            "login.microsoftonline.com",
            "login.windows.net",
            "login.microsoftonline.us",
            "login.microsoftonline.de",
            "login.chinacloudapi.cn",
            "login.partner.microsoftonline.cn");

    /** {@code host:port} in lower case; {@code *.} at the beginning stands for one label. Not a {@code List.of}: it travels. */
    private final ArrayList<String> places;

    private NamedPlaces(final ArrayList<String> places) {
        this.places = places;
    }

    /** What a stamp's configuration names: its endpoints, those of its maintenance, its BMCs, and who issues its tokens. */
    public static NamedPlaces of(final Stamp stamp, final Maintenance maintenance, final BmcSettings bmcs) {
        final ArrayList<String> places = new ArrayList<>();
        for (final Endpoint endpoint : stamp.endpoints()) {
            places.add(place(endpoint.name(), endpoint.port()));
        }
        for (final String address : maintenance.privilegedEndpoints()) {
            places.add(place(address, maintenance.overTls() ? WINRM_OVER_TLS : WINRM));
        }
        maintenance
                .certificateShare()
                .ifPresent(share -> places.add(
                        place(UncPath.parse("certificateShare", share).host(), SMB)));
        bmcs.bmcs().forEach(bmc -> places.add(place(bmc.address(), HTTPS)));
        if (stamp.identityProvider() == IdentityProvider.AAD) {
            ENTRA_AUTHORITIES.forEach(host -> places.add(place(host, HTTPS)));
        }
        return new NamedPlaces(places);
    }

    /** One place and no other. */
    static NamedPlaces only(final String host, final int port) {
        final ArrayList<String> places = new ArrayList<>();
        places.add(place(host, port));
        return new NamedPlaces(places);
    }

    /** Whether a connection may lead there. */
    boolean include(final String host, final int port) {
        final String asked = place(host, port);
        return !host.startsWith(ANY_LABEL) && places.stream().anyMatch(named -> matches(named, asked));
    }

    private static boolean matches(final String named, final String asked) {
        if (!named.startsWith(ANY_LABEL)) {
            return named.equals(asked);
        }
        final String domain = named.substring(1);
        return asked.endsWith(domain)
                && asked.substring(0, asked.length() - domain.length()).matches("[a-z0-9-]+");
    }

    private static String place(final String host, final int port) {
        return host.toLowerCase(Locale.ROOT) + ":" + port;
    }

    private static final long serialVersionUID = 1L;
}
