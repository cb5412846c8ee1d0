package io.jenkins.plugins.azurestack.journal;

/** Says that a record was refused because a secret was in it. Nothing was written, and so nothing may be sent. */
public class SecretRefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** @param where what held it, by name */
    SecretRefusedException(final String where) {
        super("A secret was about to be written to disk in the " + where
                + ". Nothing was written, and nothing is sent. This is a defect of the plugin: please report it.");
    }
}
