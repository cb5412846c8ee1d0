package io.jenkins.plugins.azurestack.journal;

import java.io.IOException;

/** Says what is wrong with a line, in half a sentence without anything of its content. */
final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedException(final String message) {
        super(message);
    }
}
