package io.jenkins.plugins.azurestack.powershell.wsman;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param connect opening a connection, TLS and logon each
 * @param receive how long the server holds a Receive that has nothing to say
 * @param operation how long the server may take for anything else
 * @param answer what the answer may take beyond that, on its way
 * @param idle how long a connection may lie unused and still be trusted with a request
 */
public record WsManTimeouts(Duration connect, Duration receive, Duration operation, Duration answer, Duration idle) {

    /** Fit for Windows' own defaults: it ends an idle connection after two minutes, an operation after one. */
    public static final WsManTimeouts DEFAULT = new WsManTimeouts(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));

    public WsManTimeouts {
        for (final Duration each : new Duration[] {connect, receive, operation, answer, idle}) {
            if (each.isNegative() || each.isZero() || each.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("A timeout must be more than nothing and at most a day: " + each);
            }
        }
    }
}
