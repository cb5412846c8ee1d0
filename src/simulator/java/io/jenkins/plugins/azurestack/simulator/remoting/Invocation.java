package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One call of a cmdlet, with what was bound to its parameters; names go in any case. Secrets are its caller's. */
public interface Invocation {
    /** Who called, as {@code DOMAIN\\user}. */
    String caller();

    /** On which endpoint, by its address. */
    String host();

    /** The session it was called in, by its shell id. */
    String session();

    /** What the caller's session options say of its culture, such as {@code en-US}. */
    String culture();

    /** The names of all parameters that were given, as the cmdlet writes them. */
    Set<String> given();

    /** Whether a switch is on. */
    boolean isOn(String parameter);

    /** A value as it came; empty if the parameter was not given, or as null. */
    Optional<PsValue> value(String parameter);

    /** A value as text; empty if the parameter was not given, or as null. */
    Optional<String> text(String parameter);

    /** A value as a list of texts, a single one as a list of one; empty if the parameter was not given. */
    List<String> texts(String parameter);

    /** What a secure string said; a copy that the cmdlet wipes. */
    Optional<char[]> secret(String parameter);

    /** A credential; a copy whose password the cmdlet wipes. */
    Optional<Credential> credential(String parameter);

    /**
     * A user name and a password.
     *
     * @param password the owner's to wipe; not printed
     */
    record Credential(String userName, char[] password) {
        @Override
        public String toString() {
            return "Credential[" + userName + "]";
        }
    }
}
