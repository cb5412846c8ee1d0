package io.jenkins.plugins.azurestack.powershell.wsman;

import java.util.Optional;

/**
 * A request that changes something was sent, at least in part, and no answer to it was understood. It is never sent
 * again by this client: find out what happened by asking the server. The cause says how the answer was lost.
 */
public final class OutcomeUnknownException extends WsManException {

    private static final long serialVersionUID = 1;

    private final Operation operation;
    private final String shell;
    private final String command;
    private final String messageId;

    /**
     * @param operation what was asked
     * @param shell the shell it was about, or null
     * @param command the command it was about, or null
     * @param messageId the request's {@code wsa:MessageID}
     * @param cause how the answer was lost
     */
    public OutcomeUnknownException(
            final Operation operation,
            final ShellId shell,
            final CommandId command,
            final String messageId,
            final WsManException cause) {
        super(Delivery.UNKNOWN, describe(operation, shell, command, cause), cause);
        this.operation = operation;
        this.shell = shell == null ? null : shell.value();
        this.command = command == null ? null : command.value();
        this.messageId = messageId;
    }

    private static String describe(
            final Operation operation, final ShellId shell, final CommandId command, final WsManException cause) {
        return "Whether " + operation
                + (command == null ? "" : " of command " + command)
                + (shell == null ? "" : " in shell " + shell)
                + " took effect is not known, and it was not sent again; ask the server before doing it again. "
                + cause.getMessage();
    }

    /** @return what was asked */
    public Operation operation() {
        return operation;
    }

    /** @return the shell it was about, if any */
    public Optional<ShellId> shell() {
        return Optional.ofNullable(shell).map(ShellId::new);
    }

    /** @return the command it was about, if any */
    public Optional<CommandId> command() {
        return Optional.ofNullable(command).map(CommandId::new);
    }

    /** @return the request's {@code wsa:MessageID}, which the server's event log shows too */
    public String messageId() {
        return messageId;
    }

    /** @return how much of the request's body had been sent, if the connection was lost; otherwise -1 */
    public long bytesSent() {
        return getCause() instanceof ConnectionLostException lost ? lost.bytesSent() : -1;
    }

    /** @return the size of the request's body, if the connection was lost; otherwise -1 */
    public long bytesTotal() {
        return getCause() instanceof ConnectionLostException lost ? lost.bytesTotal() : -1;
    }
}
