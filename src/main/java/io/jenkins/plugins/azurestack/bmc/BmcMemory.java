package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.bmc.PasswordStore.Generation;
import io.jenkins.plugins.azurestack.change.ChangeMemory;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.Fields;
import io.jenkins.plugins.azurestack.journal.RunJournal;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes down what an update of the BMC password does, so that it can be resumed; passwords only as fingerprints. Safe
 * for use by several threads, which write of different BMCs.
 */
final class BmcMemory extends ChangeMemory {
    static final String NODE = "plan-node";
    static final String LIVE = "live";
    static final String BACK = "going-back";

    /** Phases of intents. */
    static final String CREATE = "create";

    static final String NODE_SET = "set-bmc";
    static final String STAMP_SET = "set-stamp";
    static final String SAVE = "finish";

    /** Outcomes of intents. */
    static final String DONE = "done";

    static final String REFUSED = "refused";
    static final String LOST = "lost";
    static final String FAILED = "failed";

    BmcMemory(final RunJournal journal) {
        super(journal);
    }

    /** What is known by now, what waits to be written included. */
    BmcState state() {
        return new BmcState(journal.contents());
    }

    void planned(final BmcPlan plan, final Approval approval) throws IOException {
        journal.reserve();
        final BmcIntent intent = plan.intent();
        for (final BmcNode node : intent.nodes()) {
            journal.note(
                    NODE,
                    Fields.of("name", node.name())
                            .with("address", node.address())
                            .with("certificate", node.fingerprint().orElse("")));
        }
        final Fields fields = approval.addTo(Fields.of("id", plan.id())
                .with("hash", intent.hash())
                .with("stamp", intent.stamp())
                .with("version", intent.version())
                .with("scope", BmcState.SCOPE)
                .with("user", intent.user())
                .with("store", intent.store())
                .with("source", intent.source().word())
                .with("given", intent.given().orElse(""))
                .with("way", intent.way().word())
                .with("reached", Boolean.toString(intent.reached()))
                .with(
                        "accepted",
                        intent.accepted().stream().map(BmcCondition::word).collect(Collectors.joining(",")))
                .with("expires", plan.expires()));
        journal.note(PLAN, fields);
        journal.audit("bmc-update-planned", fields);
    }

    /** What everything is compared with afterwards; the audit trail has space for what comes. */
    void baseline(final Observation seen) throws IOException {
        journal.reserve();
        final Fields fields = Fields.of("latest", seen.latest().orElse("")).with("before", seen.before());
        journal.note(BASELINE, fields);
        journal.audit("gates-open", fields);
    }

    /** The new password is about to be put into the store. */
    void creating(final String call, final String fingerprint) throws IOException {
        journal.intend(CREATE, call, Fields.of("fingerprint", fingerprint));
    }

    /** A BMC is about to be given a password. */
    void setting(final String call, final BmcNode node, final Target to) throws IOException {
        journal.intend(
                NODE_SET,
                call,
                Fields.of("node", node.name()).with("address", node.address()).with("to", to.word()));
    }

    /**
     * The stamp is about to be given a password.
     *
     * @param before its latest action plan of the kind
     */
    void calling(final String call, final Target to, final boolean bypass, final Optional<String> before)
            throws IOException {
        journal.intend(
                STAMP_SET,
                call,
                Fields.of("to", to.word())
                        .with("bypass", Boolean.toString(bypass))
                        .with("before", before.orElse("")));
    }

    /** A generation of the password is about to be written, or to be removed. */
    void saving(final String call, final Generation generation, final String what) throws IOException {
        journal.intend(SAVE, call, Fields.of("generation", generation.word()).with("what", what));
    }

    /** How a call ended. */
    void done(final String call, final String outcome, final String words) {
        journal.done(call, Fields.of("outcome", outcome).with("words", words));
    }

    /** Which password each BMC takes, as logons have shown. */
    void live(final Map<BmcNode, Live> live) {
        chunks(live.entrySet().stream()
                        .map(one -> one.getKey().name() + " "
                                + one.getValue().holds().word())
                        .toList())
                .forEach(fields -> journal.happened(LIVE, fields));
    }

    /** From now on every BMC is given back what it took before. */
    void goingBack(final Approval approval) throws IOException {
        final Fields fields = approval.addTo(Fields.NONE);
        journal.note(BACK, fields);
        journal.audit(BACK, fields);
    }
}
