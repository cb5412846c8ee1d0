package io.jenkins.plugins.azurestack.powershell.psrp;

/**
 * A version of the PowerShell remoting protocol, as exchanged in SESSION_CAPABILITY (MS-PSRP 2.2.2.1). Immutable.
 *
 * @param major 2 is the only major version there is
 * @param minor 1 to 3; what it changes is the shape of CREATE_PIPELINE and whether information records exist
 */
public record ProtocolVersion(int major, int minor) implements Comparable<ProtocolVersion>, java.io.Serializable {
    /** Of PowerShell 2. */
    public static final ProtocolVersion V2_1 = new ProtocolVersion(2, 1);
    /** Of PowerShell 3 and 4. */
    public static final ProtocolVersion V2_2 = new ProtocolVersion(2, 2);
    /** Of PowerShell 5 and later; this client's own. */
    public static final ProtocolVersion V2_3 = new ProtocolVersion(2, 3);

    public ProtocolVersion {
        if (major < 0 || minor < 0) {
            throw new IllegalArgumentException("a protocol version has no negative parts");
        }
    }

    /**
     * Reads {@code major.minor}; further parts are ignored.
     *
     * @throws IllegalArgumentException if the text is no version
     */
    public static ProtocolVersion parse(String text) {
        String[] parts = text.strip().split("\\.", -1);
        if (parts.length < 2) {
            throw new IllegalArgumentException("not a protocol version");
        }
        try {
            return new ProtocolVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a protocol version", e);
        }
    }

    /** Whether this version is the other one or a later one. */
    public boolean isAtLeast(ProtocolVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(ProtocolVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    /** As on the wire: {@code 2.3}. */
    @Override
    public String toString() {
        return major + "." + minor;
    }
}
