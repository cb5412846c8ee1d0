package io.jenkins.plugins.azurestack.redfish;

import java.util.Optional;

/**
 * What came of one attempt to log on. Each says whether the BMC may have counted the attempt as a wrong password, which
 * locks the account after a few.
 */
public sealed interface LogOn {
    /** Whether the BMC may have counted a wrong password. */
    boolean mayHaveCounted();

    /** What happened, for a log line. */
    String words();

    /**
     * The password is right.
     *
     * @param session the caller's to close
     */
    record Accepted(BmcSession session) implements LogOn {
        @Override
        public boolean mayHaveCounted() {
            return false;
        }

        @Override
        public String words() {
            return "the password is accepted";
        }
    }

    /**
     * The password is right and has to be changed before anything else: {@link BmcSession#changeRequiredPassword}.
     *
     * @param session good for that only; the caller's to close
     * @param said what the BMC says about it
     */
    record ChangeRequired(BmcSession session, Said said) implements LogOn {
        @Override
        public boolean mayHaveCounted() {
            return false;
        }

        @Override
        public String words() {
            return "the password is accepted, and has to be changed before anything else (" + said + ")";
        }
    }

    /**
     * User name or password are wrong, or the account is locked and the BMC does not tell (most do not). It was counted.
     *
     * @param said in the BMC's words
     */
    record Refused(Said said) implements LogOn {
        @Override
        public boolean mayHaveCounted() {
            return true;
        }

        @Override
        public String words() {
            return "user name and password are refused (" + said + ")";
        }
    }

    /**
     * The account is locked, and the BMC says so; whether the password is right stays unknown.
     *
     * @param said in the BMC's words
     */
    record Locked(Said said) implements LogOn {
        @Override
        public boolean mayHaveCounted() {
            return true;
        }

        @Override
        public String words() {
            return "the account is locked, whatever the password (" + said + ")";
        }
    }

    /**
     * No answer.
     *
     * @param reason why
     * @param sent whether the password may have reached the BMC, which then may have counted it
     */
    record Unreachable(String reason, boolean sent) implements LogOn {
        @Override
        public boolean mayHaveCounted() {
            return sent;
        }

        @Override
        public String words() {
            return reason;
        }
    }

    /**
     * The certificate is not trusted, or is not the accepted one; nothing was sent.
     *
     * @param reason why
     */
    record Untrusted(String reason) implements LogOn {
        @Override
        public boolean mayHaveCounted() {
            return false;
        }

        @Override
        public String words() {
            return reason;
        }
    }

    /**
     * An answer that says neither yes nor no, such as 'too many sessions'.
     *
     * @param reason what it is and what to do
     * @param said in the BMC's words, if there are any
     */
    record Unexpected(String reason, Optional<Said> said) implements LogOn {
        @Override
        public boolean mayHaveCounted() {
            return true;
        }

        @Override
        public String words() {
            return reason;
        }
    }
}
