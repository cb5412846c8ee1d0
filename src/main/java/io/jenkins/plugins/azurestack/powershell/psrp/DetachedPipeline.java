package io.jenkins.plugins.azurestack.powershell.psrp;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * All that another process must know to come back to a pipeline that was left running: to be written down before the
 * pipeline starts and again when it is left. Holds no secret. Immutable.
 *
 * @param shellId the WS-Man shell, as the server named it
 * @param commandId the WS-Man command, as the server named it
 * @param sessionId the client session; a Reconnect must repeat it (MS-WSMV 3.1.4.9)
 * @param poolId the runspace pool's id inside the messages
 * @param protocolVersion the version that both sides agreed on
 * @param resourceUri names the session configuration
 * @param lastObjectSeen number of the last message that was received in full, unsigned, 0 for none; tells whether some is missing
 * @param disconnected whether the server confirmed that it let the client go; if not, Windows disconnects the shell by
 *     itself some minutes after the client has vanished
 */
public record DetachedPipeline(
        String shellId,
        String commandId,
        UUID sessionId,
        UUID poolId,
        ProtocolVersion protocolVersion,
        String resourceUri,
        long lastObjectSeen,
        boolean disconnected)
        implements Serializable {
    private static final String RESOURCE_URI = "http://schemas.microsoft.com/powershell/";

    public DetachedPipeline {
        if (shellId.isBlank() || commandId.isBlank() || !resourceUri.startsWith(RESOURCE_URI)) {
            throw new IllegalArgumentException("these are not the ids of a pipeline");
        }
        if (sessionId == null || poolId == null || protocolVersion == null) {
            throw new IllegalArgumentException("the ids of a pipeline are incomplete");
        }
    }

    static String resourceUri(String configurationName) {
        return RESOURCE_URI + configurationName;
    }

    /** The session configuration that the pipeline runs under. */
    public String configurationName() {
        return resourceUri.substring(RESOURCE_URI.length());
    }

    /** The same in a form that any store can keep; order and keys are stable. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("shellId", shellId);
        map.put("commandId", commandId);
        map.put("sessionId", sessionId.toString().toUpperCase(Locale.ROOT));
        map.put("poolId", poolId.toString().toUpperCase(Locale.ROOT));
        map.put("protocolVersion", protocolVersion.toString());
        map.put("resourceUri", resourceUri);
        map.put("lastObjectSeen", Long.toUnsignedString(lastObjectSeen));
        map.put("disconnected", Boolean.toString(disconnected));
        return map;
    }

    /**
     * Reads what {@link #toMap()} wrote; unknown keys are ignored.
     *
     * @throws IllegalArgumentException if a key is missing or its value makes no sense
     */
    public static DetachedPipeline fromMap(Map<String, String> map) {
        return new DetachedPipeline(
                value(map, "shellId"),
                value(map, "commandId"),
                UUID.fromString(value(map, "sessionId")),
                UUID.fromString(value(map, "poolId")),
                ProtocolVersion.parse(value(map, "protocolVersion")),
                value(map, "resourceUri"),
                Long.parseUnsignedLong(value(map, "lastObjectSeen")),
                Boolean.parseBoolean(value(map, "disconnected")));
    }

    private static String value(Map<String, String> map, String key) {
        String value = map.get(key);
        if (value == null) {
            throw new IllegalArgumentException("the ids of the pipeline lack '" + key + "'");
        }
        return value;
    }
}
