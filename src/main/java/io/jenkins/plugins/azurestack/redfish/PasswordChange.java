package io.jenkins.plugins.azurestack.redfish;

import java.util.Optional;

/** What came of the one request that changes a password. */
public sealed interface PasswordChange {
    /** What happened, for a log line. */
    String words();

    /**
     * The BMC says that it is done. A fresh logon is the proof; the session that asked has mostly ended with the old
     * password.
     *
     * @param said in the BMC's words
     */
    record Changed(Said said) implements PasswordChange {
        @Override
        public String words() {
            return "the BMC says that the password is changed (" + said + ")";
        }
    }

    /**
     * Nothing was changed, and the BMC says why; the same request would be refused again.
     *
     * @param said in the BMC's words
     */
    record Refused(Said said) implements PasswordChange {
        @Override
        public String words() {
            return "the BMC refuses the change, nothing was changed (" + said + ")";
        }
    }

    /**
     * Nothing was changed, since the account is not as it was read, or a precondition is wanted (412, 428). Read the
     * account again and decide; an {@link IfMatch} may be given then.
     *
     * @param said in the BMC's words
     */
    record PreconditionFailed(Said said) implements PasswordChange {
        @Override
        public String words() {
            return "the account is no longer as it was read, nothing was changed (" + said + ")";
        }
    }

    /**
     * Nothing was changed: who logged on has to change their own password first.
     *
     * @param said in the BMC's words
     */
    record ChangeRequired(Said said) implements PasswordChange {
        @Override
        public String words() {
            return "the account that logged on has to change its own password first, nothing was changed (" + said
                    + ")";
        }
    }

    /**
     * Nothing was changed: the session had ended. Log on anew.
     *
     * @param said in the BMC's words, if it was asked
     */
    record SessionEnded(Optional<Said> said) implements PasswordChange {
        @Override
        public String words() {
            return "the session has ended, nothing was changed"
                    + said.map(words -> " (" + words + ")").orElse("");
        }
    }

    /**
     * Nothing was changed: the request never left.
     *
     * @param reason why
     */
    record NotSent(String reason) implements PasswordChange {
        @Override
        public String words() {
            return "nothing was sent and nothing was changed: " + reason;
        }
    }

    /**
     * The request left and may have been carried out. It must not be sent again: a logon tells which password is good.
     *
     * @param reason why nobody knows
     * @param said in the BMC's words, if there are any
     */
    record Unknown(String reason, Optional<Said> said) implements PasswordChange {
        @Override
        public String words() {
            return "nobody knows yet whether the password was changed: " + reason;
        }
    }
}
