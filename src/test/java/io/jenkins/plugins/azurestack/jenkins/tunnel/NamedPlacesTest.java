package io.jenkins.plugins.azurestack.jenkins.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.stamp.BmcSettings;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

/** Where connections through an agent may lead. */
public class NamedPlacesTest {
    private static NamedPlaces places(final IdentityProvider provider, final boolean overTls) {
        return NamedPlaces.of(
                new Stamp(
                        "east",
                        "East",
                        "azurestack.contoso.com",
                        provider,
                        Set.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of()),
                new Maintenance(
                        List.of("10.30.0.225", "ERCS02.azurestack.local", "fd00::225"),
                        overTls,
                        Optional.empty(),
                        Optional.of("\\\\Files.contoso.com\\rotation\\Certificates"),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        Set.of()),
                new BmcSettings(
                        Optional.empty(),
                        true,
                        List.of(new BmcSettings.Bmc("node-1", "10.30.0.11", Optional.empty()))));
    }

    @Test
    public void whatTheStampNamesMayBeReachedInAnyCase() {
        final NamedPlaces places = places(IdentityProvider.AAD, false);
        assertThat(places.include("adminmanagement.east.azurestack.contoso.com", 443))
                .isTrue();
        assertThat(places.include("AdminManagement.EAST.azurestack.contoso.com", 443))
                .isTrue();
        assertThat(places.include("10.30.0.225", 5985)).isTrue();
        assertThat(places.include("ercs02.azurestack.local", 5985)).isTrue();
        assertThat(places.include("fd00::225", 5985)).isTrue();
        assertThat(places.include("files.contoso.com", 445)).isTrue();
        assertThat(places.include("10.30.0.11", 443)).isTrue();
        assertThat(places.include("login.microsoftonline.com", 443)).isTrue();
    }

    @Test
    public void nothingElseMay() {
        final NamedPlaces places = places(IdentityProvider.AAD, false);
        assertThat(places.include("10.30.0.225", 5986)).isFalse();
        assertThat(places.include("10.30.0.225", 22)).isFalse();
        assertThat(places.include("10.30.0.12", 443)).isFalse();
        assertThat(places.include("10.30.0.2", 5985)).isFalse();
        assertThat(places.include("files.contoso.com", 139)).isFalse();
        assertThat(places.include("adminmanagement.west.azurestack.contoso.com", 443))
                .isFalse();
        assertThat(places.include("localhost", 445)).isFalse();
        assertThat(places.include("", 443)).isFalse();
    }

    @Test
    public void aWildcardStandsForOneLabelAndForNothingElse() {
        final NamedPlaces places = places(IdentityProvider.AAD, false);
        final String blob = ".blob.east.azurestack.contoso.com";
        assertThat(places.include("azs0123abc" + blob, 443)).isTrue();
        assertThat(places.include("AZS" + blob, 443)).isTrue();
        assertThat(places.include("a.b" + blob, 443)).isFalse();
        assertThat(places.include("*" + blob, 443)).isFalse();
        assertThat(places.include("a@evil.com:1/" + blob, 443)).isFalse();
        assertThat(places.include(blob, 443)).isFalse();
        assertThat(places.include("azs" + blob, 445)).isFalse();
        assertThat(places.include("azs" + blob + ".evil.com", 443)).isFalse();
    }

    @Test
    public void theTransportDecidesThePortAndTheProviderWhoIssuesTokens() {
        final NamedPlaces places = places(IdentityProvider.ADFS, true);
        assertThat(places.include("10.30.0.225", 5986)).isTrue();
        assertThat(places.include("10.30.0.225", 5985)).isFalse();
        assertThat(places.include("login.microsoftonline.com", 443)).isFalse();
        assertThat(places.include("adfs.east.azurestack.contoso.com", 443)).isTrue();
    }
}
