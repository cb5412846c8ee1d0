package io.jenkins.plugins.azurestack.powershell.wsman;

/** The operations of MS-WSMV that remoting uses, each with its action URI. */
public enum Operation {
    /** Asks the service what it is (DSP0226 11). */
    IDENTIFY("http://schemas.dmtf.org/wbem/wsman/identify/1/wsmanidentity.xsd/Identify", false),
    /** Makes a shell. */
    CREATE("http://schemas.xmlsoap.org/ws/2004/09/transfer/Create", true),
    /** Ends a shell with what runs in it. */
    DELETE("http://schemas.xmlsoap.org/ws/2004/09/transfer/Delete", true),
    /** Starts a command in a shell. */
    COMMAND(Namespaces.SHELL + "/Command", true),
    /** Takes output of a shell or command; what an answer carries is not kept on the server. */
    RECEIVE(Namespaces.SHELL + "/Receive", false),
    /** Gives input to a shell or command. */
    SEND(Namespaces.SHELL + "/Send", true),
    /** Stops or releases a command. */
    SIGNAL(Namespaces.SHELL + "/Signal", true),
    /** Leaves a shell with what runs in it. */
    DISCONNECT(Namespaces.SHELL + "/Disconnect", true),
    /** Comes back to a shell of the same session. */
    RECONNECT(Namespaces.SHELL + "/Reconnect", true),
    /** Takes over a shell, or a command in it, of another session. */
    CONNECT(Namespaces.SHELL + "/Connect", true);

    private final String action;
    private final boolean changing;

    Operation(final String action, final boolean changing) {
        this.action = action;
        this.changing = changing;
    }

    /** @return the value of {@code wsa:Action} in a request */
    public String action() {
        return action;
    }

    /** @return whether running it twice could differ from running it once */
    public boolean changing() {
        return changing;
    }
}
