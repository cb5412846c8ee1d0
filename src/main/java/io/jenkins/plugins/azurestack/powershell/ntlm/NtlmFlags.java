package io.jenkins.plugins.azurestack.powershell.ntlm;

/** Negotiate flags (MS-NLMP 2.2.2.5). */
public final class NtlmFlags {

    /** Strings are UTF-16LE. */
    public static final int UNICODE = 0x0000_0001;
    /** The challenge shall name the server's realm. */
    public static final int REQUEST_TARGET = 0x0000_0004;
    /** Messages are signed. */
    public static final int SIGN = 0x0000_0010;
    /** Messages are encrypted. */
    public static final int SEAL = 0x0000_0020;
    /** NTLM session security. */
    public static final int NTLM = 0x0000_0200;
    /** A signature on every message. */
    public static final int ALWAYS_SIGN = 0x0000_8000;
    /** Keys and signatures of the extended kind. */
    public static final int EXTENDED_SESSION_SECURITY = 0x0008_0000;
    /** The challenge carries target information. */
    public static final int TARGET_INFO = 0x0080_0000;
    /** The version field is there. */
    public static final int VERSION = 0x0200_0000;
    /** Session keys of 128 bits. */
    public static final int KEY_128 = 0x2000_0000;
    /** The session key is chosen by the client and sent encrypted. */
    public static final int KEY_EXCHANGE = 0x4000_0000;
    /** Session keys of 56 bits, if 128 are not to be had. */
    public static final int KEY_56 = 0x8000_0000;

    /** What this client asks for. */
    static final int ASKED = UNICODE
            | REQUEST_TARGET
            | SIGN
            | SEAL
            | NTLM
            | ALWAYS_SIGN
            | EXTENDED_SESSION_SECURITY
            | TARGET_INFO
            | VERSION
            | KEY_128
            | KEY_EXCHANGE
            | KEY_56;

    /** What a server must grant, because without it nothing is sealed with a full key. */
    static final int NEEDED = UNICODE | SIGN | SEAL | EXTENDED_SESSION_SECURITY | KEY_128 | KEY_EXCHANGE;

    private NtlmFlags() {}
}
