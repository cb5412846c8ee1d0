package io.jenkins.plugins.azurestack.change;

import java.io.IOException;
import java.util.Map;

/** Hears what the stamp says of a call that runs there. Called on one thread. */
public interface CallListener {
    /**
     * The call is about to leave: what it takes to find it again, from any process. It is sent only if this returns.
     *
     * @param session plain texts without secrets
     * @throws IOException if that could not be written down: the call is then not sent
     */
    void starting(Map<String, String> session) throws IOException;

    /** The stamp named the action plan: its instance id, in lower case. */
    void began(String instance);

    /** A line that the stamp said, masked and printable. */
    void said(String line);

    /** A step's name and where it stands, in the stamp's words. */
    default void step(final String name, final String status) {
        said("step '" + name + "': " + status);
    }
}
