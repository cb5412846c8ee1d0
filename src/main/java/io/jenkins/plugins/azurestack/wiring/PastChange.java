package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.bmc.BmcRotation;
import io.jenkins.plugins.azurestack.bmc.PastBmcRotation;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.StampFiles;
import io.jenkins.plugins.azurestack.rotation.PastRotation;
import io.jenkins.plugins.azurestack.rotation.RotationEnding;
import io.jenkins.plugins.azurestack.rotation.RotationScope;
import io.jenkins.plugins.azurestack.rotation.SecretRotation;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change of a stamp that this Jenkins knows of, whichever engine made it: a rotation of secrets, or an update of the BMC
 * password.
 *
 * @param id the rotation's id, which is its plan's
 * @param began when; empty if its journal can't be read
 * @param what {@code external}, {@code internal} or {@code BMC}; empty if that was never written down
 * @param attempts how often its call was, or may have been, sent; 0 where that is not counted
 * @param approval who approved its plan
 * @param state where it stands; empty if nobody wrote that down
 * @param over whether nothing is left to be done
 * @param message what happened; sentences
 * @param advice what to do next; empty if nothing is to be done
 * @param left when that was written down
 * @param next what may be approved now: that it is run again, or taken back
 * @param damage why its journal can't be read, if so
 */
public record PastChange(
        RotationId id,
        Optional<Instant> began,
        String what,
        int attempts,
        Optional<Approval> approval,
        Optional<String> state,
        boolean over,
        String message,
        String advice,
        Optional<Instant> left,
        Next next,
        Optional<String> damage) {
    /** What may be approved of a change that was left unfinished. */
    public enum Next {
        NOTHING,
        /** That a failed rotation is run again. */
        AGAIN,
        /** That the BMCs get their former password back. */
        BACK
    }

    /**
     * All of a stamp, the latest last.
     *
     * @throws IOException if they can't be read
     */
    public static List<PastChange> all(final StampFiles files) throws IOException {
        final Map<RotationId, PastChange> all = new LinkedHashMap<>();
        // One whose journal can't be read might be either's.
        SecretRotation.history(files).forEach(one -> all.put(one.rotation(), of(one)));
        BmcRotation.history(files).forEach(one -> all.putIfAbsent(one.rotation(), of(one)));
        final List<PastChange> sorted = new ArrayList<>(all.values());
        sorted.sort(Comparator.comparing(one -> one.began().orElse(Instant.MIN)));
        return sorted;
    }

    /** A rotation of secrets. */
    static PastChange of(final PastRotation past) {
        return new PastChange(
                past.rotation(),
                past.began(),
                past.scope().map(RotationScope::word).orElse(""),
                past.attempts(),
                past.approval(),
                past.end().map(end -> end.state().name()),
                !past.isUnfinished(),
                past.end().map(End::message).orElse(""),
                past.end().map(End::advice).orElse(""),
                past.left(),
                past.end()
                                .filter(end -> end.state() == RotationEnding.NEEDS_RERUN)
                                .isPresent()
                        ? Next.AGAIN
                        : Next.NOTHING,
                past.damage());
    }

    /** An update of the BMC password. */
    static PastChange of(final PastBmcRotation past) {
        return new PastChange(
                past.rotation(),
                past.began(),
                "BMC",
                0,
                past.approval(),
                past.end().map(end -> end.state().name()),
                !past.isUnfinished(),
                past.end().map(End::message).orElse(""),
                past.end().map(End::advice).orElse(""),
                past.left(),
                past.isUnfinished() && past.end().isPresent() ? Next.BACK : Next.NOTHING,
                past.damage());
    }

    /** Whether something is left to be done. */
    public boolean isUnfinished() {
        return !over;
    }
}
