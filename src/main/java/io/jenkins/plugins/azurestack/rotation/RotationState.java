package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.ChangeState;
import io.jenkins.plugins.azurestack.change.Condition;
import io.jenkins.plugins.azurestack.journal.Fields;
import io.jenkins.plugins.azurestack.journal.JournalContents;
import io.jenkins.plugins.azurestack.journal.JournalRecord;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a rotation's journal says of it: everything that a resume knows. A pure function of the records; the names that
 * are used here are those that {@link RotationMemory} writes. Immutable.
 */
final class RotationState extends ChangeState<RotationEnding> {
    RotationState(final JournalContents contents) {
        super(contents, RotationEnding.class);
    }

    /** Whether it may be a rotation: a change of something else, that this stamp's journals tell of too, is none. */
    boolean isRotation() {
        return !isPlanned() || RotationScope.named(plan("scope")).isPresent();
    }

    RotationScope scope() {
        return RotationScope.named(plan("scope")).orElseThrow();
    }

    Optional<String> share() {
        return planned("share");
    }

    /** Why, where one had to be given. */
    Optional<String> reason() {
        return planned("reason");
    }

    Set<RotationCondition> accepted() {
        return Condition.allNamed(RotationCondition.class, acceptedWords());
    }

    /** SHA-256 of the new certificate of each folder. */
    Map<CertificateFolder, String> toBeServed() {
        final Map<CertificateFolder, String> certificates = new EnumMap<>(CertificateFolder.class);
        notes(RotationMemory.CERTIFICATE)
                .forEach(fields -> CertificateFolder.named(fields.get("folder").orElseThrow())
                        .ifPresent(folder -> certificates.put(
                                folder, fields.get("to-be-served").orElseThrow())));
        return certificates;
    }

    /** The latest rotation before this one was sent. */
    Optional<Action> baseline() {
        return note(RotationMemory.BASELINE)
                .filter(fields -> fields.get("state").isPresent())
                .map(RotationMemory::action);
    }

    /** The root certificate's end before this rotation: before its first attempt, which may have moved it. */
    Optional<Instant> rootBefore() {
        return notes(RotationMemory.BASELINE)
                .flatMap(fields -> fields.get("root-ends").stream())
                .findFirst()
                .map(Instant::parse);
    }

    /** The alerts that were active before; empty if they could not be seen. */
    Optional<Set<String>> alertsBefore() {
        if (note(RotationMemory.BASELINE)
                .flatMap(fields -> fields.get("alerts"))
                .isEmpty()) {
            return Optional.empty();
        }
        final Set<String> ids = new HashSet<>();
        notes(RotationMemory.ALERTS)
                .forEach(fields -> ids.addAll(fields.values().values()));
        return Optional.of(ids);
    }

    /** When the latest baseline was written down; empty if there is none. */
    Optional<Instant> baselineAt() {
        return latest(RotationMemory.BASELINE, 0).map(JournalRecord::at);
    }

    /** The endpoints that could not be seen before, which was accepted. */
    Set<String> unseenBefore() {
        final Set<String> endpoints = new HashSet<>();
        notes(RotationMemory.UNSEEN)
                .forEach(fields -> endpoints.addAll(fields.values().values()));
        return endpoints;
    }

    /** The files that this rotation wrote, or may have written: SHA-256 of what was to be there, by path. */
    Map<String, String> staged() {
        final Map<String, String> files = new LinkedHashMap<>();
        for (final JournalRecord entry : contents.records()) {
            if (entry.kind() == JournalRecord.Kind.INTENT) {
                if (entry.phase().equals(RotationPhase.STAGE.word())) {
                    files.put(
                            entry.fields().get("path").orElseThrow(),
                            entry.fields().get("sha256").orElseThrow());
                }
            } else if (entry.kind() == JournalRecord.Kind.RESULT
                    && entry.phase().equals(RotationPhase.CLEAN.word())) {
                files.keySet().removeAll(removed(entry));
            }
        }
        return files;
    }

    /** What a removal was to take from the share and did: nothing else that lies there is gone by it. */
    private Set<String> removed(final JournalRecord result) {
        final Set<String> removed = new HashSet<>();
        result.call()
                .flatMap(contents::intent)
                .flatMap(intent -> intent.fields().get("paths"))
                .ifPresent(paths -> paths.lines().forEach(removed::add));
        result.fields().get("left").ifPresent(left -> left.lines().forEach(removed::remove));
        return removed;
    }

    /** The folders that staging made, in whichever process. */
    Set<String> made() {
        final Set<String> folders = new LinkedHashSet<>();
        contents.records().stream()
                .filter(entry -> entry.kind() == JournalRecord.Kind.RESULT)
                .flatMap(entry -> entry.fields().get("made").stream())
                .flatMap(String::lines)
                .forEach(folders::add);
        return folders;
    }

    /** How often the call was to be sent. */
    int attempts() {
        return (int) intents(RotationPhase.START.word()).count();
    }

    /** Whether the call was, or may have been, sent, however often it was to be. */
    boolean wasSent() {
        return latestSent().isPresent();
    }

    /** Whether the latest attempt that was, or may have been, sent went on from a failed one. */
    boolean isRerun() {
        return latestSent().filter(RotationState::goesOnFromAFailure).isPresent();
    }

    /** The job and build that was the latest to run it again, sent or not; empty if none did, or nobody wrote that down. */
    Optional<String> rerunBy() {
        return intents(RotationPhase.START.word())
                .filter(RotationState::goesOnFromAFailure)
                .reduce((first, second) -> second)
                .flatMap(start -> start.fields().get("by"));
    }

    private static boolean goesOnFromAFailure(final JournalRecord start) {
        return start.fields().get("rerun").filter("true"::equals).isPresent();
    }

    /** The id of the latest attempt that was, or may have been, sent, as long as nobody wrote down how that ended. */
    Optional<String> openCall() {
        return latestSent().flatMap(JournalRecord::call).filter(call -> contents.result(call)
                .isEmpty());
    }

    /** The stamp's words with which it was rejected; empty if it was not. */
    Optional<String> rejection() {
        return sinceLatestStart(RotationMemory.REJECTION).flatMap(fields -> fields.get("words"));
    }

    /** The action plan of the latest attempt, once the stamp has named it. */
    Optional<String> instance() {
        return sinceLatestStart(RotationMemory.BEGAN).flatMap(fields -> fields.get("instance"));
    }

    /** The latest action plan that was ever known to be this rotation's, of whichever attempt. */
    Optional<String> lastInstance() {
        return note(RotationMemory.BEGAN).flatMap(fields -> fields.get("instance"));
    }

    /** What it takes to listen again to the latest attempt. */
    Map<String, String> session() {
        return sinceLatestStart(RotationMemory.SESSION).map(Fields::values).orElse(Map.of());
    }

    /** How the latest attempt's action plan ended, once that is known. */
    Optional<Action> ended() {
        return sinceLatestStart(RotationMemory.ENDED).map(RotationMemory::action);
    }

    /** What an operator should look at besides, once everything is proved; empty if it is not. */
    Optional<List<String>> verified() {
        return sinceLatestStart(RotationMemory.VERIFIED).map(ChangeState::warnings);
    }

    /** What finds a call again is written down before it leaves: one without that never left. */
    private Optional<JournalRecord> latestSent() {
        JournalRecord start = null;
        JournalRecord sent = null;
        for (final JournalRecord entry : contents.records()) {
            if (isIntent(entry, RotationPhase.START.word())) {
                start = entry;
            } else if (isNote(entry, RotationMemory.SESSION) && start != null && !wasRefused(start)) {
                sent = start;
            }
        }
        return Optional.ofNullable(sent);
    }

    private Optional<Fields> sinceLatestStart(final String kind) {
        return latestSent().flatMap(start -> latest(kind, start.number())).map(JournalRecord::fields);
    }

    @Override
    protected long begunAgain() {
        return intents(RotationPhase.START.word())
                .reduce((first, second) -> second)
                .map(JournalRecord::number)
                .orElse(0L);
    }
}
