package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.ChangeMemory;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.AuditTrail;
import io.jenkins.plugins.azurestack.journal.Fields;
import io.jenkins.plugins.azurestack.journal.Journal;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.RunJournal;
import io.jenkins.plugins.azurestack.rotation.StampActions.StampFacts;
import io.jenkins.plugins.azurestack.rotation.StampOperations.Alert;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes down what a rotation does: in its journal, so that it can be resumed, and in the stamp's audit trail. Intents
 * are on disk before their method returns, or it throws. What only follows from something that has happened on the
 * stamp is kept until it can be written, so that a full disk never stops a rotation that runs.
 */
final class RotationMemory extends ChangeMemory {
    static final String CERTIFICATE = "plan-certificate";
    static final String ALERTS = "baseline-alerts";
    static final String UNSEEN = "baseline-unseen";
    static final String REJECTION = "rejection";
    static final String ENDED = "ended";

    /** Outcomes of the call. */
    static final String REJECTED = "rejected";

    static final String RAN = "ran";

    private final String actor;

    /** @param actor the job and its build, as the audit trail names it */
    RotationMemory(final Journal journal, final AuditTrail audit, final RotationId rotation, final String actor) {
        super(new RunJournal(journal, audit, rotation, actor));
        this.actor = actor;
    }

    /** What is known by now, what waits to be written included. */
    RotationState state() {
        return new RotationState(journal.contents());
    }

    void planned(final RotationPlan plan, final Approval approval) throws IOException {
        journal.reserve();
        final RotationIntent intent = plan.intent();
        for (final Map.Entry<CertificateFolder, RotationIntent.Change> one :
                intent.certificates().entrySet()) {
            journal.note(
                    CERTIFICATE,
                    Fields.of("folder", one.getKey().folderName())
                            .with("to-be-served", one.getValue().toBeServed()));
        }
        final Fields fields = approval.addTo(Fields.of("id", plan.id())
                .with("hash", intent.hash())
                .with("stamp", intent.stamp())
                .with("version", intent.version())
                .with("scope", intent.call().scope().word())
                .with("call", intent.call().text())
                .with("share", intent.call().share().orElse(""))
                .with("reason", intent.reason().orElse(""))
                .with(
                        "accepted",
                        intent.accepted().stream().map(RotationCondition::word).collect(Collectors.joining(",")))
                .with("expires", plan.expires()));
        journal.note(PLAN, fields);
        journal.audit("rotation-planned", fields);
    }

    /** Who approved that a failed attempt is run again. */
    void approvedAgain(final Approval approval) throws IOException {
        final Fields fields = approval.addTo(Fields.NONE);
        journal.note("approved-again", fields);
        journal.audit("rerun-approved", fields);
    }

    /** What everything is compared with afterwards; the audit trail has space for what comes. */
    void baseline(final Observation seen) throws IOException {
        journal.reserve();
        final Optional<List<Alert>> alerts = seen.alerts();
        if (alerts.isPresent()) {
            notes(ALERTS, alerts.get().stream().map(Alert::id).toList());
        }
        notes(
                UNSEEN,
                seen.served().entrySet().stream()
                        .filter(one -> one.getValue().fingerprint().isEmpty())
                        .map(Map.Entry::getKey)
                        .toList());
        Fields fields = seen.latest().map(RotationMemory::fields).orElse(Fields.NONE);
        if (alerts.isPresent()) {
            fields = fields.with("alerts", alerts.get().size());
        }
        final Optional<Instant> root = seen.facts().flatMap(StampFacts::rootEnds);
        if (root.isPresent()) {
            fields = fields.with("root-ends", root.get());
        }
        journal.note(BASELINE, fields);
        journal.audit("gates-open", fields);
    }

    private void notes(final String kind, final List<String> values) throws IOException {
        for (final Fields fields : chunks(values)) {
            journal.note(kind, fields);
        }
    }

    /** A file is about to be written. */
    void staging(final String call, final String path, final String sha256) throws IOException {
        intend(RotationPhase.STAGE, call, Fields.of("path", path).with("sha256", sha256));
    }

    /** The call is about to be sent. */
    void starting(final String id, final RotationCall call) throws IOException {
        intend(
                RotationPhase.START,
                id,
                Fields.of("text", call.text())
                        .with("rerun", Boolean.toString(call.rerun()))
                        .with("by", actor));
    }

    /** Files are about to be removed. */
    void removing(final String call, final List<String> paths) throws IOException {
        intend(RotationPhase.CLEAN, call, Fields.of("paths", String.join("\n", paths)));
    }

    private void intend(final RotationPhase phase, final String call, final Fields fields) throws IOException {
        journal.intend(phase.word(), call, fields);
    }

    /** How a call ended. */
    void done(final String call, final Fields fields) {
        journal.done(call, fields);
    }

    void rejected(final String words, final String errorId) {
        journal.happened(REJECTION, Fields.of("words", words).with("error-id", errorId));
    }

    void ended(final Action action) {
        journal.happened(ENDED, fields(action));
    }

    static Fields fields(final Action action) {
        Fields fields = Fields.of("state", action.state().name()).with("words", action.words());
        if (action.instance().isPresent()) {
            fields = fields.with("instance", action.instance().get());
        }
        return action.started().isPresent()
                ? fields.with("started", action.started().get())
                : fields;
    }

    static Action action(final Fields fields) {
        return new Action(
                fields.get("instance"),
                fields.get("started").map(Instant::parse),
                Action.State.valueOf(fields.get("state").orElseThrow()),
                fields.get("words").orElse(""));
    }
}
