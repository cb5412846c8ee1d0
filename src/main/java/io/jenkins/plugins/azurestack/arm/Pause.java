package io.jenkins.plugins.azurestack.arm;

import java.time.Duration;

/** Waits between two tries. */
@FunctionalInterface
public interface Pause {
    /** @throws InterruptedException if the thread is interrupted meanwhile */
    void lasting(Duration duration) throws InterruptedException;
}
