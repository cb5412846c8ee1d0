package io.jenkins.plugins.azurestack.simulator.world;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What can be made to go wrong, by name. Each says at which occasions it strikes; {@link Moment} says at which of them.
 * A cmdlet's occasions carry its name, a BMC's the node's name, Resource Manager's the last segment of the path, WS-Man's
 * the operation; on a privileged endpoint its address too.
 */
public enum Fault {
    /** A WS-Man call: the connection drops and the shell is gone, its pipelines with it. */
    SESSION_DROP(Occasions.CALL),
    /** Any call that changes something: the effect is there, the connection drops before the answer. */
    ANSWER_LOST(Occasions.ANY_CALL),
    /** Any call: the connection is reset before the call is looked at. */
    RESET(Occasions.ANY_BUT_CMDLETS),
    /** Any call: the answer is cut in the middle. */
    TRUNCATED(Occasions.ANY_CALL),
    /** Any call: the answer comes a few bytes at a time. */
    SLOW_DRIP(Occasions.ANY_CALL),
    /** A privileged endpoint, a BMC or Resource Manager: nothing accepts connections there. */
    ENDPOINT_DOWN(Occasions.PLACE),
    /** A step of a rotation, by its index or its name: the action plan fails there, and only {@code -ReRun} helps. */
    ACTION_PLAN_FAILS(Occasions.ANYTHING),
    /** {@code Start-SecretRotation}: somebody else's rotation is running. */
    FOREIGN_ROTATION_RUNNING(Occasions.ROTATION),
    /** {@code Start-SecretRotation}: somebody else's rotation has failed and waits for its re-run. */
    FOREIGN_ROTATION_FAILED(Occasions.ROTATION),
    /** {@code Start-SecretRotation}: the layout is refused, whatever is on the share. */
    WRONG_LAYOUT(Occasions.START),
    /** {@code Start-SecretRotation}: the password is refused, whatever the files say. */
    WRONG_PFX_PASSWORD(Occasions.START),
    /** The stamp: an exclusive operation runs. */
    EXCLUSIVE_OPERATION(Occasions.START),
    /** The stamp: an update runs. */
    UPDATE_RUNNING(Occasions.UPDATE),
    /** {@code Test-AzureStack}: the group or test by that name, or any, fails. */
    READINESS_FALSE(Occasions.ANYTHING),
    /** {@code Test-AzureStack}: the group or test by that name, or any, warns. */
    READINESS_WARNING(Occasions.ANYTHING),
    /**
     * The stamp, from its start: every external and internal certificate has expired, and Resource Manager is dark until
     * its own is replaced.
     */
    EVERYTHING_EXPIRED(Occasions.NONE),
    /** A BMC: it refuses to change a password, as one whose policy it breaks. */
    BMC_REFUSES(Occasions.NODE),
    /** A BMC: it locks the account at the next logon, right or wrong. */
    BMC_LOCKS(Occasions.NODE),
    /** A BMC: the ETag that it gave does not match any more. */
    ETAG_MISMATCH(Occasions.NODE),
    /** A token of Resource Manager: it has expired. */
    TOKEN_EXPIRED(Occasions.SEGMENT),
    /** Resource Manager: too many requests, come back later. */
    THROTTLED(Occasions.SEGMENT),
    /** A logon or a token: the stamp's clock is an hour from everybody's. */
    CLOCK_SKEW(Occasions.ANYTHING),
    /** The share: nothing can be written. */
    SHARE_READ_ONLY(Occasions.SHARE),
    /** The share: no space is left. */
    SHARE_FULL(Occasions.SHARE),
    /** The share: somebody else's files lie there. */
    SHARE_FOREIGN_FILES(Occasions.OPEN);

    private final Occasions occasions;

    Fault(final Occasions occasions) {
        this.occasions = occasions;
    }

    /** The name on a command line, such as {@code answer-lost}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @param word as {@link #word}, in upper or lower case
     * @throws IllegalArgumentException if there is none; lists those that there are
     */
    public static Fault of(final String word) {
        return Arrays.stream(values())
                .filter(fault -> fault.word().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No fault is called '" + word + "'. There are "
                        + Arrays.stream(values()).map(Fault::word).collect(Collectors.joining(", "))));
    }

    /** @throws IllegalArgumentException if no occasion of this fault is ever called so: it would never strike */
    void requireOccasion(final String occasion) {
        if (!occasions.has(occasion)) {
            throw new IllegalArgumentException("'" + word() + "' has no occasion '" + occasion + "', so it would never"
                    + " strike; it has " + occasions.words());
        }
    }
}
