package io.jenkins.plugins.azurestack.change;

import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.StampLock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lets go of a change, at its end or as far as it comes now. */
public final class Closing {
    private final ChangeMemory memory;
    private final StampLock lock;
    private final ChangeListener listener;
    private final String what;

    /** @param what a word for such a change, as operators read it */
    public Closing(final ChangeMemory memory, final StampLock lock, final ChangeListener listener, final String what) {
        this.memory = memory;
        this.lock = lock;
        this.listener = listener;
        this.what = what;
    }

    /**
     * The end: the lock is released once that is on disk.
     *
     * @throws IOException if it can't be written down; the lock stays
     */
    public <S extends Enum<S> & End.State> End<S> over(final End<S> end) throws IOException, LockedException {
        try {
            memory.end(end);
        } catch (IOException e) {
            throw new IOException(
                    end.message() + " That could not be written down (" + e.getMessage()
                            + "), so the stamp stays locked. Mend the disk under the Jenkins home, then resume the "
                            + what + ".",
                    e);
        }
        lock.release();
        listener.line("Audit trail: " + memory.anchor());
        return end;
    }

    /** As far as it comes now: the lock stays. */
    public <S extends Enum<S> & End.State> End<S> left(final End<S> end) {
        End<S> left = end;
        try {
            memory.end(left);
        } catch (IOException e) {
            final List<String> warnings = new ArrayList<>(end.warnings());
            warnings.add("this could not be written down (" + e.getMessage()
                    + "); mend the disk under the Jenkins home, then resume the " + what
                    + ", which finds it out again");
            left = end.with(warnings);
        }
        listener.line("Audit trail: " + memory.anchor());
        return left;
    }
}
