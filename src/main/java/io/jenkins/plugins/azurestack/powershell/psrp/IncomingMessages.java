package io.jenkins.plugins.azurestack.powershell.psrp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one pool receives: puts fragments together and, after the answer to a Receive was lost, tells from the numbers of
 * the messages whether some are missing and drops what comes twice.
 *
 * <p>A server numbers all messages of a pool in one sequence, whether they belong to the pool or to a pipeline. Only
 * after a loss is a hole in that sequence a sign that output is missing: processes that serve several pools leave holes
 * of their own. Thread-safe.
 */
final class IncomingMessages {
    /** Of so many numbers up to the highest it is known whether their messages came; a power of two. */
    private static final int WINDOW = 4096;

    private final Defragmenter defragmenter = new Defragmenter();
    /** The numbers within the window whose messages came, each at its remainder. */
    private final BitSet seen = new BitSet(WINDOW);
    /** Messages of a pipeline that have begun, and the fragment that each waits for. */
    private final Map<Long, Long> unfinished = new HashMap<>();

    private final List<OutputGap> gaps = new ArrayList<>();
    private long highest;
    private boolean resumed;
    private OutputGap.Cause suspicion;
    private long suspectFrom;

    /** Starts with a new pool. */
    IncomingMessages() {
        this(0);
    }

    private IncomingMessages(long highest) {
        this.highest = highest;
        this.seen.set(0, WINDOW);
    }

    /** Starts behind the messages that another client has seen before. */
    static IncomingMessages after(long lastObjectSeen) {
        IncomingMessages incoming = new IncomingMessages(lastObjectSeen);
        incoming.suspect(OutputGap.Cause.EARLIER_OUTPUT_NOT_SEEN);
        return incoming;
    }

    /** The answer to a Receive is lost, and may have carried messages. */
    synchronized void answerLost() {
        suspect(OutputGap.Cause.MESSAGES_MISSING);
    }

    private void suspect(OutputGap.Cause cause) {
        resumed = true;
        if (suspicion == null) {
            suspicion = cause;
            suspectFrom = highest + 1;
        }
    }

    /** Number of the last message that is here in full; 0 for none. */
    synchronized long lastObjectSeen() {
        return highest;
    }

    /** Takes what a Receive for the pool itself brought. */
    synchronized List<Message> acceptForPool(byte[] chunk) throws MalformedMessageException {
        return accept(chunk, false);
    }

    /** Takes what a Receive for a pipeline brought. */
    synchronized List<Message> acceptForPipeline(byte[] chunk) throws MalformedMessageException {
        return accept(chunk, true);
    }

    /** What is known to be missing since this was last asked. */
    synchronized List<OutputGap> takeGaps() {
        List<OutputGap> taken = List.copyOf(gaps);
        gaps.clear();
        return taken;
    }

    /** A pipeline has said its last word: what it has begun and not finished stays so. */
    synchronized void pipelineEnded() {
        for (long object : unfinished.keySet()) {
            defragmenter.forget(object);
            noteMissing("the end of message " + Long.toUnsignedString(object) + " is missing", object);
        }
        unfinished.clear();
    }

    /** What is left open about a pipeline that says nothing more. */
    synchronized Optional<OutputGap> openSuspicion() {
        return suspicion == null
                ? Optional.empty()
                : Optional.of(new OutputGap(
                        suspicion == OutputGap.Cause.MESSAGES_MISSING ? OutputGap.Cause.LAST_ANSWER_LOST : suspicion,
                        "an answer of the server was lost after message " + Long.toUnsignedString(highest)
                                + " and nothing came later that could tell what was in it"));
    }

    private List<Message> accept(byte[] chunk, boolean ofPipeline) throws MalformedMessageException {
        List<Message> messages = new ArrayList<>();
        ByteBuffer source = ByteBuffer.wrap(chunk);
        try {
            while (source.hasRemaining()) {
                Fragment fragment = Fragment.decode(source);
                if (!ofPipeline || !resumed || isWanted(fragment)) {
                    defragmenter.accept(fragment).ifPresent(messages::add);
                    note(fragment, ofPipeline);
                }
            }
        } catch (MalformedMessageException e) {
            defragmenter.clear();
            unfinished.clear();
            if (!ofPipeline) {
                throw e;
            }
            suspect(OutputGap.Cause.MESSAGES_MISSING);
            gaps.add(new OutputGap(OutputGap.Cause.MESSAGE_UNREADABLE, e.getMessage()));
        }
        return messages;
    }

    /** After a loss: not what was seen before, and not the rest of a message whose beginning is gone. */
    private boolean isWanted(Fragment fragment) {
        long object = fragment.objectId();
        Long next = unfinished.get(object);
        if (next != null) {
            return continues(fragment, next);
        }
        if (wasSeen(object)) {
            return false;
        }
        if (!fragment.isStart()) {
            noteMissing("the beginning of message " + Long.toUnsignedString(object) + " is missing", object);
            return false;
        }
        return true;
    }

    /** What is too far back to be known counts as new: a message twice is better than one dropped in silence. */
    private boolean wasSeen(long object) {
        return isInWindow(object) && seen.get(slot(object));
    }

    private boolean isInWindow(long object) {
        return Long.compareUnsigned(object, highest) <= 0 && Long.compareUnsigned(highest - object, WINDOW) < 0;
    }

    private static int slot(long object) {
        return (int) (object & WINDOW - 1);
    }

    private boolean continues(Fragment fragment, long next) {
        if (fragment.fragmentId() == next) {
            return true;
        }
        if (Long.compareUnsigned(fragment.fragmentId(), next) > 0) {
            unfinished.remove(fragment.objectId());
            defragmenter.forget(fragment.objectId());
            noteMissing(
                    "a part of message " + Long.toUnsignedString(fragment.objectId()) + " is missing",
                    fragment.objectId());
        }
        return false;
    }

    private void noteMissing(String description, long object) {
        gaps.add(new OutputGap(cause(), description));
        saw(object);
    }

    private OutputGap.Cause cause() {
        return suspicion == null ? OutputGap.Cause.MESSAGES_MISSING : suspicion;
    }

    private void note(Fragment fragment, boolean ofPipeline) {
        long object = fragment.objectId();
        if (fragment.isEnd()) {
            unfinished.remove(object);
            saw(object);
            if (ofPipeline && suspicion != null) {
                settle(object);
            }
        } else if (ofPipeline) {
            unfinished.put(object, fragment.fragmentId() + 1);
        }
    }

    private void saw(long object) {
        if (Long.compareUnsigned(object, highest) > 0) {
            moveTo(object);
        }
        if (isInWindow(object)) {
            seen.set(slot(object));
        }
    }

    /** The numbers between are holes until their messages come; however far it is, this takes no longer. */
    private void moveTo(long object) {
        int from = slot(highest + 1);
        int to = slot(object) + 1;
        if (Long.compareUnsigned(object - highest, WINDOW) >= 0) {
            seen.clear();
        } else if (from < to) {
            seen.clear(from, to);
        } else {
            seen.clear(from, WINDOW);
            seen.clear(0, to);
        }
        highest = object;
    }

    /** A pipeline's messages come in the order of their numbers, so holes below this one stay holes. */
    private void settle(long object) {
        int missing = 0;
        for (long number = object - 1; isInWindow(number) && Long.compareUnsigned(number, suspectFrom) >= 0; number--) {
            missing += seen.get(slot(number)) ? 0 : 1;
        }
        if (missing > 0) {
            gaps.add(new OutputGap(
                    suspicion,
                    missing + " message(s) before number " + Long.toUnsignedString(object) + " are missing"));
        }
        suspicion = null;
    }
}
