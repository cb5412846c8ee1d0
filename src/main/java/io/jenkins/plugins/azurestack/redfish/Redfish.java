package io.jenkins.plugins.azurestack.redfish;

import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.net.TlsProbe;
import io.jenkins.plugins.azurestack.net.TlsProbeException;
import io.jenkins.plugins.azurestack.net.http.HttpLimits;
import io.jenkins.plugins.azurestack.net.http.Https;
import io.jenkins.plugins.azurestack.net.http.TlsTrust;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;

/** The way to BMCs. Thread-safe. */
public final class Redfish {
    /** Generous to BMCs, of which some take half a minute for a page of some kilobytes. */
    static final HttpLimits USUAL =
            new HttpLimits(Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(90), 2 * 1024 * 1024);

    private final Network network;
    private final HttpLimits limits;
    private final TlsProbe probe;

    /**
     * @param network opens the connections
     * @param random for the hello that a look at a certificate sends
     */
    public Redfish(final Network network, final SecureRandom random) {
        this(network, random, USUAL);
    }

    Redfish(final Network network, final SecureRandom random, final HttpLimits limits) {
        this.network = Objects.requireNonNull(network, "network");
        this.limits = limits;
        this.probe = new TlsProbe(network, random);
    }

    /**
     * Looks at a BMC's certificate, whatever it is, and sends nothing but a hello: what an operator is shown before it is
     * pinned.
     *
     * @throws TlsProbeException if there is none; says why
     */
    public TlsProbe.Presented certificate(final BmcAddress address) throws TlsProbeException, InterruptedException {
        return probe.look(address.host(), address.port(), limits.connect());
    }

    /**
     * Meets a BMC: one request, without a password.
     *
     * @param trust whom to believe at this address; everything that follows keeps to it
     * @throws BmcException if it can't be reached, is not trusted or does not answer as Redfish does
     */
    public Bmc open(final BmcAddress address, final TlsTrust trust) throws BmcException, InterruptedException {
        return Bmc.met(new Wire(address, new Https(network, host -> trust, limits)));
    }
}
