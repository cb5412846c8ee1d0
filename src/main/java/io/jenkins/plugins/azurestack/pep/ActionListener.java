package io.jenkins.plugins.azurestack.pep;

import java.io.IOException;
import java.util.Map;

/** Hears what a running action plan says. Called by one thread at a time. */
public interface ActionListener {
    /**
     * The call is about to leave: what it takes to find it again, from any process. It leaves only if this returns.
     *
     * @param session plain texts without secrets
     * @throws IOException if that could not be written down
     */
    void starting(Map<String, String> session) throws IOException;

    /** The stamp named the action plan: its instance id, in lower case. */
    void began(String instance);

    /** A line that the stamp said; printable. */
    void said(String line);

    /** A step's name and where it stands, in the stamp's words. */
    void step(String name, String status);
}
