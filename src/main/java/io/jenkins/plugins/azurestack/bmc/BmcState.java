package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.change.ChangeState;
import io.jenkins.plugins.azurestack.change.Condition;
import io.jenkins.plugins.azurestack.journal.Fields;
import io.jenkins.plugins.azurestack.journal.JournalContents;
import io.jenkins.plugins.azurestack.journal.JournalRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the journal of an update of the BMC password says of it: everything that a resume knows. A pure function of the
 * records; the names that are used here are those that {@link BmcMemory} writes. Immutable.
 */
final class BmcState extends ChangeState<BmcEnding> {
    /** What plans and journals of this kind call what they change. */
    static final String SCOPE = "bmc";

    BmcState(final JournalContents contents) {
        super(contents, BmcEnding.class);
    }

    /** Whether it may be such an update: a rotation of secrets, that this stamp's journals tell of too, is none. */
    boolean isOfBmcs() {
        return !isPlanned() || plan("scope").equals(SCOPE);
    }

    /** Whether the new password is one that an earlier update left as pending. */
    boolean isOfPending() {
        return plan("source").equals(PasswordSource.PENDING.word());
    }

    Set<BmcCondition> accepted() {
        return Condition.allNamed(BmcCondition.class, acceptedWords());
    }

    /** Whether it was approved that this Jenkins itself reaches the BMCs. */
    boolean isReached() {
        return Boolean.parseBoolean(plan("reached"));
    }

    /** The id of the credential that the new password was given in. */
    Optional<String> given() {
        return planned("given");
    }

    BmcWay way() {
        for (final BmcWay way : BmcWay.values()) {
            if (way.word().equals(plan("way"))) {
                return way;
            }
        }
        throw new IllegalStateException("The journal names no way");
    }

    /** The BMCs that it is about; none where only the stamp reaches them. */
    List<BmcNode> nodes() {
        final List<BmcNode> nodes = new ArrayList<>();
        notes(BmcMemory.NODE)
                .forEach(fields -> nodes.add(new BmcNode(
                        fields.get("name").orElseThrow(),
                        fields.get("address").orElseThrow(),
                        fields.get("certificate").filter(text -> !text.isEmpty()))));
        return nodes;
    }

    /** The fingerprint of the password that was current before. */
    Optional<String> before() {
        return note(BmcMemory.BASELINE).flatMap(fields -> fields.get("before"));
    }

    /** The fingerprint of the new password, once it was to be kept. */
    Optional<String> fresh() {
        return intents(BmcMemory.CREATE).reduce((first, second) -> second).flatMap(entry -> entry.fields()
                .get("fingerprint"));
    }

    /** Which way it goes. */
    Target target() {
        return note(BmcMemory.BACK).isPresent() ? Target.BACK : Target.FORTH;
    }

    /** Whether a BMC or the stamp was, or may have been, given another password. */
    boolean wasSent() {
        return intents(BmcMemory.NODE_SET).anyMatch(entry -> !wasRefused(entry))
                || stampCall().isPresent();
    }

    /**
     * The latest call to the stamp that was, or may have been, sent.
     *
     * @param id the call's
     * @param to where it was to lead
     * @param outcome how it ended; empty as long as nobody wrote that down
     * @param words the stamp's own, of one that failed
     * @param session what it takes to listen to it again
     * @param instance the action plan, once the stamp has named it
     * @param before the stamp's latest action plan of the kind before it was sent; empty if there was none
     */
    record StampCall(
            String id,
            Target to,
            Optional<String> outcome,
            String words,
            Map<String, String> session,
            Optional<String> instance,
            Optional<String> before) {}

    /** What finds a call again is written down before it leaves: one without that never left. */
    Optional<StampCall> stampCall() {
        JournalRecord call = null;
        StampCall sent = null;
        for (final JournalRecord entry : contents.records()) {
            if (isIntent(entry, BmcMemory.STAMP_SET)) {
                call = entry;
            } else if (isNote(entry, BmcMemory.SESSION) && call != null && !wasRefused(call)) {
                sent = sent(call, entry);
            } else if (isNote(entry, BmcMemory.BEGAN) && sent != null) {
                sent = new StampCall(
                        sent.id(),
                        sent.to(),
                        sent.outcome(),
                        sent.words(),
                        sent.session(),
                        entry.fields().get("instance"),
                        sent.before());
            }
        }
        return Optional.ofNullable(sent);
    }

    private StampCall sent(final JournalRecord call, final JournalRecord session) {
        final String id = call.call().orElseThrow();
        final Optional<Fields> result = contents.result(id).map(JournalRecord::fields);
        return new StampCall(
                id,
                call.fields().get("to").filter(Target.BACK.word()::equals).isPresent() ? Target.BACK : Target.FORTH,
                result.flatMap(fields -> fields.get("outcome")),
                result.flatMap(fields -> fields.get("words")).orElse(""),
                session.fields().values(),
                Optional.empty(),
                call.fields().get("before").filter(text -> !text.isEmpty()));
    }

    /** The BMCs that were given the new password last, and never said whether they took it. */
    List<String> changesThatMayComeLate() {
        final Map<String, JournalRecord> latest = new LinkedHashMap<>();
        intents(BmcMemory.NODE_SET)
                .forEach(entry -> latest.put(entry.fields().get("node").orElseThrow(), entry));
        latest.values()
                .removeIf(entry -> entry.fields()
                                .get("to")
                                .filter(Target.BACK.word()::equals)
                                .isPresent()
                        || outcome(entry)
                                .filter(how -> !how.equals(BmcMemory.LOST))
                                .isPresent());
        return List.copyOf(latest.keySet());
    }

    /** Which password each BMC took when it was last asked, by its name. */
    Map<String, String> live() {
        final Map<String, String> live = new LinkedHashMap<>();
        notes(BmcMemory.LIVE)
                .flatMap(fields -> fields.values().values().stream())
                .forEach(one -> {
                    // The name of a node has no blank in it.
                    final int blank = one.lastIndexOf(' ');
                    live.put(one.substring(0, blank), one.substring(blank + 1));
                });
        return live;
    }

    /** What an operator should look at besides, once everything is proved; empty if it is not. */
    Optional<List<String>> verified() {
        final long turned = latest(BmcMemory.BACK, 0).map(JournalRecord::number).orElse(0L);
        return latest(BmcMemory.VERIFIED, turned).map(entry -> warnings(entry.fields()));
    }
}
