package io.jenkins.plugins.azurestack.redfish;

import io.jenkins.plugins.azurestack.stamp.Text;
import java.net.URI;

/**
 * Where a BMC serves Redfish.
 *
 * @param host an IPv4 or IPv6 address, without brackets, or a name
 * @param port a TCP port
 */
public record BmcAddress(String host, int port) {
    private static final int TLS_PORT = 443;
    private static final int LARGEST_PORT = 65_535;

    public BmcAddress {
        if (!host.matches("[0-9A-Fa-f]*:[0-9A-Fa-f:.]+|[A-Za-z0-9]([A-Za-z0-9._-]{0,252})")
                || port < 1
                || port > LARGEST_PORT) {
            throw new IllegalArgumentException(
                    "A BMC's address is an IP address or a name, with a port from 1 to 65535 if"
                            + " it is not 443, and not '" + Text.printable(host) + "' with port " + port);
        }
    }

    /** A BMC at the port of HTTPS. */
    public static BmcAddress of(final String host) {
        return new BmcAddress(host, TLS_PORT);
    }

    /** @param path checked by {@link Paths}, with its query if there is one */
    URI uri(final String path) {
        return URI.create("https://" + this + path);
    }

    /** As URLs have it: the port left out if it is that of HTTPS. */
    @Override
    public String toString() {
        final String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == TLS_PORT ? name : name + ":" + port;
    }
}
