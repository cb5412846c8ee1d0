package io.jenkins.plugins.azurestack.simulator.redfish;

/** A request that is not done, and what it gets instead. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    RefusedException(final Reply reply) {
        super("HTTP " + reply.status(), null, false, false);
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}
