package io.jenkins.plugins.azurestack.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.peer.LibraryLog;
import io.jenkins.plugins.azurestack.peer.Samba;
import io.jenkins.plugins.azurestack.share.ServedFolder.Notes;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.logging.Level;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;

/**
 * The connection is cut after every so many bytes (system property {@code cut.stride}) of a conversation that opens a
 * share, stages a set, compares it and removes it again, and the server's own directory says what happened.
 */
public class CutShareTest {
    @ClassRule
    public static final ServedFolder SERVED = new ServedFolder();

    private static final int STRIDE = Integer.getInteger("cut.stride", 61) * 19;
    private static final int ATTEMPTS = 500;

    @Rule
    public final LibraryLog log = new LibraryLog(Level.OFF);

    private int unknown;
    private int harmless;

    /** Folders whose making was announced count as made: a caller that must clean up can't know better. */
    private static final class Announced extends Notes {
        private final List<String> folders = new ArrayList<>();

        @Override
        public void aboutToMake(final String folder) {
            super.aboutToMake(folder);
            folders.add(folder);
        }
    }

    @Test
    public void whateverByteWasTheLastToLeaveNothingHalfWrittenStaysAndAllCanBeCleanedUp() throws IOException {
        cutEverywhere(whole().sent(), bytes -> WatchedNetwork.cutAfterSending(port(), bytes));
    }

    @Test
    public void whateverByteWasTheLastToArriveNothingHalfWrittenStaysAndAllCanBeCleanedUp() throws IOException {
        cutEverywhere(whole().received(), bytes -> WatchedNetwork.cutAfterReceiving(port(), bytes));
    }

    private static WatchedNetwork whole() throws IOException {
        final WatchedNetwork counting = WatchedNetwork.counting(port());
        converse(counting, set(), new Announced());
        assertThat(SERVED.tree()).isEmpty();
        return counting;
    }

    private void cutEverywhere(final long length, final LongFunction<WatchedNetwork> cut) throws IOException {
        for (long at = 0; at < length; at += STRIDE) {
            final CertificateFiles set = set();
            final Announced notes = new Announced();
            final WatchedNetwork network = cut.apply(at);
            ShareException failure = null;
            try {
                converse(network, set, notes);
                // Not every conversation is as long as the first to the byte.
                assertThat(network.hasCut()).isFalse();
                continue;
            } catch (ShareException e) {
                failure = e;
            }
            check("cut at " + at + " of " + length, failure, notes);
        }
        assertThat(unknown).as("cuts within changes").isPositive();
        assertThat(harmless).as("cuts within reading").isPositive();
    }

    private static void converse(final WatchedNetwork network, final CertificateFiles set, final Announced notes)
            throws IOException {
        try (CertificatesFolder folder = SERVED.open(network, Samba.SHARE, Protection.SIGNED)) {
            folder.stage(set, notes);
            notes.lines.add("comparing");
            folder.compare(notes.written);
            notes.lines.add("removing");
            folder.remove(notes.written, notes.made, Rewriting.NONE);
            notes.lines.add("removed");
        }
    }

    private void check(final String where, final ShareException failure, final Announced notes) throws IOException {
        assertThat(failure).as(where).isNotNull();
        final String last = notes.lines.isEmpty() ? "" : notes.lines.get(notes.lines.size() - 1);
        if (failure instanceof ShareOutcomeUnknownException lost) {
            unknown++;
            assertThat(last.endsWith(lost.path()) || last.equals("removing"))
                    .as("%s: '%s' was under way, not %s", where, last, lost.path())
                    .isTrue();
        } else {
            harmless++;
            assertThat(failure).as(where).isInstanceOf(ShareUnreachableException.class);
        }
        cleanUp(where, notes, last.equals("removing"));
    }

    /** With another connection, once the server has noticed that the first one is gone. */
    private static void cleanUp(final String where, final Announced notes, final boolean removing) throws IOException {
        try (CertificatesFolder folder = SERVED.open()) {
            Comparison found = folder.compare(notes.intended);
            for (int i = 0; i < ATTEMPTS && found.files().containsValue(Comparison.State.IN_USE); i++) {
                found = folder.compare(notes.intended);
            }
            final Comparison settled = found;
            assertThat(settled.foreign()).as(where).isEmpty();
            assertThat(settled.files().keySet()).allSatisfy(file -> {
                if (settled.files().get(file) == Comparison.State.CHANGED) {
                    assertThat(SERVED.file(file.path())).as(where).isEmptyFile();
                }
            });
            if (!removing) {
                assertThat(notes.written).as(where).allSatisfy(file -> assertThat(settled.files())
                        .containsEntry(file, Comparison.State.SAME));
            }
            Removal removal = folder.remove(notes.intended, notes.folders, Rewriting.EMPTIED);
            for (int i = 0; i < ATTEMPTS && !removal.isComplete(); i++) {
                removal = folder.remove(notes.intended, notes.folders, Rewriting.EMPTIED);
            }
            assertThat(removal.isComplete()).as(where).isTrue();
            assertThat(removal.left()).as(where).isEmpty();
        }
        assertThat(SERVED.tree()).as(where).isEmpty();
    }

    private static CertificateFiles set() {
        return new CertificateFiles(
                IdentityProvider.AAD, ServedFolder.set().files().subList(0, 2));
    }

    private static int port() {
        return SERVED.samba().port();
    }
}
