package io.jenkins.plugins.azurestack.net.http;

import java.time.Duration;

/**
 * How long and how much one exchange takes part in.
 *
 * @param connect of resolving, connecting and TLS each
 * @param silence between bytes of an answer
 * @param exchange of one request, connecting and answer included
 * @param answer bytes of one answer
 */
public record HttpLimits(Duration connect, Duration silence, Duration exchange, int answer) {}
