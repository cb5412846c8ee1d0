package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.certificate.readiness.SetReadiness;

/**
 * The readiness of a certificate set as JSON: the fields of {@link ReadinessMap} in the same order. The same readiness
 * gives the same bytes. Stateless.
 */
public final class ReadinessJson {
    private ReadinessJson() {}

    /** Renders it as UTF-8, ending in a line feed. */
    public static byte[] bytes(final SetReadiness readiness) {
        return Json.bytes(ReadinessMap.of(readiness));
    }
}
