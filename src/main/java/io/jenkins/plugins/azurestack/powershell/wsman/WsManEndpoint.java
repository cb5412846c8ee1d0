package io.jenkins.plugins.azurestack.powershell.wsman;

import java.util.Objects;

/**
 * Where a WS-Management service listens.
 *
 * @param tls whether the connection is TLS; if not, every message is sealed by NTLM
 * @param host DNS name or address literal, IPv6 without brackets
 * @param port TCP port
 * @param path of the URL, {@code /wsman}
 */
public record WsManEndpoint(boolean tls, String host, int port, String path) {

    /** The port of WinRM without TLS. */
    public static final int HTTP_PORT = 5985;
    /** The port of WinRM with TLS. */
    public static final int HTTPS_PORT = 5986;

    public WsManEndpoint {
        Objects.requireNonNull(path, "path");
        if (host == null || host.isEmpty() || !host.chars().allMatch(WsManEndpoint::hostCharacter)) {
            throw new IllegalArgumentException("Not a host name or address: " + host);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("Not a port: " + port);
        }
        if (!path.startsWith("/") || !path.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("Not the path of a URL: " + path);
        }
    }

    private static boolean hostCharacter(final int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || ".-_:%".indexOf(c) >= 0);
    }

    /** @return the endpoint that WinRM has by default: sealed messages on port 5985 */
    public static WsManEndpoint http(final String host) {
        return new WsManEndpoint(false, host, HTTP_PORT, "/wsman");
    }

    /** @return the endpoint that WinRM has when it was given a certificate: TLS on port 5986 */
    public static WsManEndpoint https(final String host) {
        return new WsManEndpoint(true, host, HTTPS_PORT, "/wsman");
    }

    /** @return host and port as a URL or a {@code Host} header has them */
    String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** @return the URL */
    public String url() {
        return (tls ? "https://" : "http://") + authority() + path;
    }

    @Override
    public String toString() {
        return url();
    }
}
