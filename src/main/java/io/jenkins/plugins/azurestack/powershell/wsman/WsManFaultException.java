package io.jenkins.plugins.azurestack.powershell.wsman;

/** The server's answer is a fault; its own words are in {@link #providerMessage()}. */
public class WsManFaultException extends WsManException {

    private static final long serialVersionUID = 1;

    /** What a fault means to a client of shells. */
    public enum Kind {
        /** The operation did not end in its time (0x80338029); from a Receive this is not reported as a fault. */
        TIMED_OUT,
        /** The shell or command no longer exists (0x8033805B). */
        SHELL_GONE,
        /** The operation was ended from elsewhere (995, 1223): the shell is closing. */
        ABORTED,
        /** The shell is disconnected (0x803381C4, 0x803381DE): Reconnect, or Connect from another session. */
        DISCONNECTED,
        /** The user may not use this configuration (5). */
        ACCESS_DENIED,
        /** The server has no session configuration of that name (0x8033803B). */
        UNKNOWN_CONFIGURATION,
        /** Too many shells, operations or users (0x8033803F, 0x803381A5 and others). */
        QUOTA,
        /** A message was larger than the server takes (0x80338048, 0x80338035). */
        ENVELOPE_SIZE,
        /** Any other fault. */
        OTHER
    }

    private final Kind kind;
    private final long code;
    private final String machine;
    private final String providerMessage;
    private final String subcode;
    private final String reason;

    WsManFaultException(final Fault fault, final String message) {
        super(Delivery.ANSWERED, message, null);
        this.kind = fault.kind();
        this.code = fault.code();
        this.machine = fault.machine();
        this.providerMessage = fault.providerMessage();
        this.subcode = fault.subcode();
        this.reason = fault.reason();
    }

    /** @return what it means */
    public Kind kind() {
        return kind;
    }

    /** @return the code of {@code f:WSManFault}, unsigned; -1 if the fault has none */
    public long code() {
        return code;
    }

    /** @return the machine that reported it; may be empty */
    public String machine() {
        return machine;
    }

    /** @return the provider's own words, verbatim; may be empty */
    public String providerMessage() {
        return providerMessage;
    }

    /** @return the SOAP subcode without its prefix; may be empty */
    public String subcode() {
        return subcode;
    }

    /** @return the SOAP reason; may be empty */
    public String reason() {
        return reason;
    }
}
