package io.jenkins.plugins.azurestack.redfish;

import java.util.Objects;
import java.util.Optional;

/**
 * A BMC did not tell what it was asked. Only reading was tried: nothing was changed, and no password was sent that had not
 * been accepted before. The message says what happened and what to do; it never holds a password or a token.
 */
public final class BmcException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient Said said;

    BmcException(final Kind kind, final String message, final Said said, final Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.said = said;
    }

    /** The ways in which a reading ends without an answer. */
    public enum Kind {
        /** No connection, or no whole answer in time. */
        UNREACHABLE,
        /** The certificate is not trusted, or is not the accepted one; nothing was sent. */
        UNTRUSTED,
        /** The session has ended, as it does when its password was changed. Log on anew. */
        SESSION_ENDED,
        /** The account's password has to be changed first: {@link BmcSession#changeRequiredPassword}. */
        CHANGE_REQUIRED,
        /** There is nothing by that path. */
        MISSING,
        /** The account may not read it, or the BMC refuses for another reason of its own. */
        REFUSED,
        /** More than one account answers to the name. */
        AMBIGUOUS,
        /** What answers does not do so as Redfish does. */
        UNEXPECTED
    }

    public Kind kind() {
        return kind;
    }

    /** What the BMC said, if it said anything. */
    public Optional<Said> said() {
        return Optional.ofNullable(said);
    }
}
