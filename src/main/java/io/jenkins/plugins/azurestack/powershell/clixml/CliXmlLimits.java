package io.jenkins.plugins.azurestack.powershell.clixml;

/**
 * What a reader accepts at most; more is a {@link CliXmlException}, whoever sent it.
 *
 * @param maxBytes size of one document: UTF-8 bytes, or UTF-16 code units where a {@code String} is read
 * @param maxElements XML elements in one document
 * @param maxDepth values within values, the outermost one counting 1
 */
public record CliXmlLimits(int maxBytes, int maxElements, int maxDepth) {
    /** How deep Windows PowerShell writes: at this level its serialiser turns whatever is left into a string. */
    public static final int POWERSHELL_DEPTH = 50;

    /** 32 MiB, half a million elements, PowerShell's own depth. */
    public static final CliXmlLimits DEFAULT = new CliXmlLimits(32 << 20, 500_000, POWERSHELL_DEPTH);

    private static final int DEEPEST = 256;

    /** All limits are positive; depth is at most 256, since every level costs stack. */
    public CliXmlLimits {
        if (maxBytes < 1 || maxElements < 1 || maxDepth < 1 || maxDepth > DEEPEST) {
            throw new IllegalArgumentException("limits are positive, and the depth at most " + DEEPEST);
        }
    }
}
