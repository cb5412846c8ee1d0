package io.jenkins.plugins.azurestack.powershell.clixml;

/** The kinds of container that an object can be (MS-PSRP 2.2.5.2.6), each with its element name. */
public enum ContainerKind {
    /** An array or list. */
    LIST("LST"),
    /** Something that could be enumerated; PowerShell reads it back as a list. */
    ENUMERABLE("IE"),
    /** A stack; the first item is the top. */
    STACK("STK"),
    /** A queue; the first item is the head. */
    QUEUE("QUE"),
    /** A dictionary of entries. */
    DICTIONARY("DCT");

    private final String tag;

    ContainerKind(String tag) {
        this.tag = tag;
    }

    /** The name of its XML element. */
    public String tag() {
        return tag;
    }
}
