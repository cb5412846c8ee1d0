package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.DamagedFileException;
import io.jenkins.plugins.azurestack.journal.JournalContents;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.StampFiles;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An update of the BMC password of the past, or one that was left unfinished.
 *
 * @param rotation its id
 * @param began when; empty if its journal can't be read
 * @param isPlanned whether its plan was written down, before which nothing is done
 * @param given the id of the credential that the new password was given in; empty if it was made
 * @param fresh the fingerprint of the new password; empty if it was never to be kept
 * @param live which password each BMC took when it was last asked: {@code new}, {@code current} or {@code previous}, as
 *     they were then
 * @param approval who approved its plan; empty if that was never written down
 * @param end how far it came; empty if nobody wrote that down: it runs, or was killed
 * @param left when that was written down
 * @param damage why its journal can't be read, if so
 */
public record PastBmcRotation(
        RotationId rotation,
        Optional<Instant> began,
        boolean isPlanned,
        Optional<String> given,
        Optional<String> fresh,
        Map<String, String> live,
        Optional<Approval> approval,
        Optional<End<BmcEnding>> end,
        Optional<Instant> left,
        Optional<String> damage) {

    static List<PastBmcRotation> all(final StampFiles files) throws IOException {
        files.prepare();
        final List<PastBmcRotation> past = new ArrayList<>();
        for (final RotationId rotation : files.rotations()) {
            try {
                files.read(rotation)
                        .filter(contents -> new BmcState(contents).isOfBmcs())
                        .map(PastBmcRotation::of)
                        .ifPresent(past::add);
            } catch (DamagedFileException e) {
                past.add(damaged(rotation, e));
            }
        }
        past.sort(Comparator.comparing(one -> one.began().orElse(Instant.MIN)));
        return past;
    }

    private static PastBmcRotation damaged(final RotationId rotation, final DamagedFileException reason) {
        return new PastBmcRotation(
                rotation,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                new LinkedHashMap<>(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(reason.getMessage()));
    }

    private static PastBmcRotation of(final JournalContents contents) {
        final BmcState state = new BmcState(contents);
        return new PastBmcRotation(
                contents.rotation(),
                Optional.of(contents.begun()),
                state.isPlanned(),
                state.given(),
                state.fresh(),
                state.live(),
                state.approval(),
                state.left(),
                state.leftAt(),
                Optional.empty());
    }

    /** Whether something is left to be done. */
    public boolean isUnfinished() {
        return end.filter(one -> one.state().isOver()).isEmpty();
    }
}
