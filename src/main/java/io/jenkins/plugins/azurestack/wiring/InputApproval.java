package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Decides whether somebody else has approved something, by the answers to inputs of the same run. Stateless. */
public final class InputApproval {
    private static final String FIELD = "approvedPlan";

    private InputApproval() {}

    /**
     * An input that was answered with 'proceed'.
     *
     * @param user who did, by user id; empty for nobody that is known
     * @param asked when the input began to wait
     * @param answered when it had been answered
     * @param message what was asked
     */
    public record Answer(Optional<String> user, Instant asked, Instant answered, String message) {
        public Answer {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(asked, "asked");
            Objects.requireNonNull(answered, "answered");
            Objects.requireNonNull(message, "message");
        }
    }

    /** As the other method, where nobody can approve but by an input. */
    public static Approval of(
            final String id,
            final Instant since,
            final Starters starters,
            final List<Answer> answers,
            final String build) {
        return of(id, since, starters, answers, build, "");
    }

    /**
     * Finds the approval: an input that names the id, began after a moment, and was answered by a known user other than
     * whoever started the build.
     *
     * @param id a plan's, or that of a rotation that is to be run again
     * @param since what was asked before counts for nothing
     * @param starters who started the build
     * @param build for people
     * @param otherwise why no approval elsewhere counts; empty if there is none
     * @throws Rejected if there is none; says what is missing
     */
    public static Approval of(
            final String id,
            final Instant since,
            final Starters starters,
            final List<Answer> answers,
            final String build,
            final String otherwise) {
        final List<Answer> named =
                answers.stream().filter(answer -> answer.message().contains(id)).toList();
        if (named.isEmpty()) {
            throw missing(
                    id,
                    !otherwise.isEmpty()
                            ? otherwise
                            : answers.isEmpty()
                                    ? "nobody has on its page, and no input of this run was answered"
                                    : "nobody has on its page, and no input of this run that was answered names it in its"
                                            + " message");
        }
        final List<Answer> later =
                named.stream().filter(answer -> !answer.asked().isBefore(since)).toList();
        if (later.isEmpty()) {
            throw missing(id, "the input that names it was asked before " + since);
        }
        return later.stream()
                .filter(answer -> answer.user().filter(starters::exclude).isPresent())
                .findFirst()
                .map(answer -> new Approval(id, answer.user().orElseThrow(), answer.answered(), "an input of " + build))
                .orElseThrow(() -> missing(
                        id,
                        later.get(0)
                                .user()
                                .map(user -> why(user, starters))
                                .orElse("its input was answered by nobody that Jenkins knows")));
    }

    private static String why(final String user, final Starters starters) {
        return starters.include(user)
                ? "'" + Text.printable(user) + "' answered, who started this build; somebody else has to"
                : "it " + Starters.untold();
    }

    private static Rejected missing(final String id, final String reason) {
        return new Rejected(
                FIELD,
                "'" + id + "' has not been approved: " + reason
                        + ". Nothing was changed. Approve it on the page of the build that made it, or ask in this run, such"
                        + " as with: input message: plan.summary, submitter: '<who may>'. The message has to name '"
                        + id
                        + "'");
    }
}
