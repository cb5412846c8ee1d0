package io.jenkins.plugins.azurestack.powershell.wsman;

/** The operations of MS-WSMV that remoting uses, each with its action URI. */
public enum Operation {
    IDENTIFY("http://schemas.dmtf.org/wbem/wsman/identify/1/wsmanidentity.xsd/Identify", false),
    CREATE("http://schemas.xmlsoap.org/ws/2004/09/transfer/Create", true),
    DELETE("http://schemas.xmlsoap.org/ws/2004/09/transfer/Delete", true),
    COMMAND(Namespaces.SHELL + "/Command", true),
    RECEIVE(Namespaces.SHELL + "/Receive", false),
    SEND(Namespaces.SHELL + "/Send", true),
    SIGNAL(Namespaces.SHELL + "/Signal", true),
    DISCONNECT(Namespaces.SHELL + "/Disconnect", true),
    RECONNECT(Namespaces.SHELL + "/Reconnect", true),
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
