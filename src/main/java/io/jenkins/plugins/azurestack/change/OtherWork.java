package io.jenkins.plugins.azurestack.change;

import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.util.Optional;

/** What else a stamp is at, as Resource Manager knows it: no change gets in the way of that. Only reads. */
public interface OtherWork {
    /** The exclusive operation that runs; empty if none does. */
    Optional<String> exclusiveOperation() throws NotKnownException, InterruptedException;

    /** What an update that runs says of itself; empty if none does. */
    Optional<String> runningUpdate() throws NotKnownException, InterruptedException;

    /** Asks the stamp itself, where Resource Manager can't be asked. */
    @FunctionalInterface
    interface Privileged {
        /** Whether an update runs. */
        boolean isUpdating() throws NotKnownException, InterruptedException;
    }

    /** How the condition stands that no exclusive operation runs. */
    default Gate noExclusiveOperation(final Condition condition) throws InterruptedException {
        try {
            return exclusiveOperation()
                    .map(operation -> Gate.failed(
                            condition,
                            "the exclusive operation '" + operation + "' runs",
                            "Wait for its end, and plan again."))
                    .orElseGet(() -> Gate.passed(condition, "no exclusive operation runs"));
        } catch (NotKnownException e) {
            return Gate.unknown(condition, e);
        }
    }

    /** How the condition stands that no update runs. */
    default Gate noUpdate(final Condition condition, final Privileged stamp) throws InterruptedException {
        try {
            return runningUpdate()
                    .map(update ->
                            Gate.failed(condition, "an update runs: " + update, "Wait for its end, and plan again."))
                    .orElseGet(() -> Gate.passed(condition, "no update runs, says Resource Manager"));
        } catch (NotKnownException e) {
            return noUpdateByItself(condition, stamp);
        }
    }

    private static Gate noUpdateByItself(final Condition condition, final Privileged stamp)
            throws InterruptedException {
        try {
            return stamp.isUpdating()
                    ? Gate.failed(
                            condition,
                            "an update runs, says the privileged endpoint",
                            "Wait for its end, and plan again.")
                    : Gate.passed(condition, "no update runs, says the privileged endpoint");
        } catch (NotKnownException e) {
            return Gate.unknown(condition, e);
        }
    }
}
