package io.jenkins.plugins.azurestack.report;

import java.util.Map;

/** What {@link RotationMap} or {@link BmcMap} gives, as JSON in the same order. Stateless. */
public final class RotationJson {
    private RotationJson() {}

    /** Renders it as UTF-8, ending in a line feed. */
    public static byte[] bytes(final Map<String, Object> map) {
        return Json.bytes(map);
    }
}
