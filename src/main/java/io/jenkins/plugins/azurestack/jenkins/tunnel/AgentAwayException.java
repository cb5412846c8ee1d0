package io.jenkins.plugins.azurestack.jenkins.tunnel;

import java.io.IOException;

/** There is no way to the agent now, and no other way is taken. */
final class AgentAwayException extends IOException {
    AgentAwayException(final String message) {
        super(message);
    }

    private static final long serialVersionUID = 1L;
}
