package io.jenkins.plugins.azurestack.simulator.remoting;

import java.util.ArrayDeque;
import java.util.Deque;

/** The runspaces of a pool: so many pipelines run at a time, the others wait in the order they came. Thread-safe. */
final class Runspaces {
    private final Deque<Object> queue = new ArrayDeque<>();
    private int minimum = 1;
    private int maximum = 1;
    private int busy;

    synchronized void set(final int min, final int max) {
        minimum = Math.max(1, min);
        maximum = Math.max(minimum, max);
    }

    synchronized int minimum() {
        return minimum;
    }

    synchronized int maximum() {
        return maximum;
    }

    /** @return whether that is possible */
    synchronized boolean setMaximum(final int max) {
        final boolean possible = max >= minimum;
        if (possible) {
            maximum = max;
            notifyAll();
        }
        return possible;
    }

    /** @return whether that is possible */
    synchronized boolean setMinimum(final int min) {
        final boolean possible = min >= 1 && min <= maximum;
        if (possible) {
            minimum = min;
        }
        return possible;
    }

    /** How many are free. */
    synchronized int available() {
        return Math.max(0, maximum - busy);
    }

    /** Joins the queue; every place is given up by {@link #leave} one day. */
    synchronized Object join() {
        final Object place = new Object();
        queue.add(place);
        return place;
    }

    /** Waits until it is this place's turn and a runspace is free, and takes it. */
    synchronized void take(final Object place) throws InterruptedException {
        while (queue.peek() != place || busy >= maximum) {
            wait();
        }
        queue.remove();
        busy++;
        notifyAll();
    }

    /** Leaves the queue, or gives the runspace back that was taken. */
    synchronized void leave(final Object place) {
        if (!queue.remove(place)) {
            busy--;
        }
        notifyAll();
    }
}
