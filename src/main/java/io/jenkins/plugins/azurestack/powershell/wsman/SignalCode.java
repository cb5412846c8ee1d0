package io.jenkins.plugins.azurestack.powershell.wsman;

/** What can be signalled to a command. */
public enum SignalCode {
    /**
     * Stops the pipeline. Spelt "crtl" as MS-PSRP 3.1.5.3.9 and PowerShell itself spell it: any other code closes the
     * command without a final state.
     */
    STOP("powershell/signal/crtl_c"),
    /** Releases a command that is done. */
    TERMINATE(Namespaces.SHELL + "/signal/Terminate");

    private final String code;

    SignalCode(final String code) {
        this.code = code;
    }

    /** @return the text of {@code rsp:Code} */
    public String code() {
        return code;
    }
}
