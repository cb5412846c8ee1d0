package io.jenkins.plugins.azurestack.rotation;

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
import java.util.List;
import java.util.Optional;

/**
 * A rotation of the past, or one that was left unfinished.
 *
 * @param rotation its id
 * @param began when; empty if its journal can't be read
 * @param scope what it rotated; empty if that was never written down
 * @param attempts how often {@code Start-SecretRotation} was, or may have been, sent
 * @param rerunBy the job and build that was the latest to run it again, whatever came of that; empty if none did
 * @param approval who approved its plan; empty if that was never written down
 * @param end how far it came; empty if nobody wrote that down: it runs, or was killed
 * @param left when that was written down
 * @param damage why its journal can't be read, if so
 */
public record PastRotation(
        RotationId rotation,
        Optional<Instant> began,
        Optional<RotationScope> scope,
        int attempts,
        Optional<String> rerunBy,
        Optional<Approval> approval,
        Optional<End<RotationEnding>> end,
        Optional<Instant> left,
        Optional<String> damage) {

    static List<PastRotation> all(final StampFiles files) throws IOException {
        files.prepare();
        final List<PastRotation> past = new ArrayList<>();
        for (final RotationId rotation : files.rotations()) {
            try {
                files.read(rotation)
                        .filter(contents -> new RotationState(contents).isRotation())
                        .map(PastRotation::of)
                        .ifPresent(past::add);
            } catch (DamagedFileException e) {
                past.add(new PastRotation(
                        rotation,
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(e.getMessage())));
            }
        }
        past.sort(Comparator.comparing(one -> one.began().orElse(Instant.MIN)));
        return past;
    }

    private static PastRotation of(final JournalContents contents) {
        final RotationState state = new RotationState(contents);
        return new PastRotation(
                contents.rotation(),
                Optional.of(contents.begun()),
                state.isPlanned() ? Optional.of(state.scope()) : Optional.empty(),
                state.attempts(),
                state.rerunBy(),
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
