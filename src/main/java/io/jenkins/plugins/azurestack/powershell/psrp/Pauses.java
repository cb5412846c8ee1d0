package io.jenkins.plugins.azurestack.powershell.psrp;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How this package lets time pass between two attempts; a test's clock need not wait. */
@FunctionalInterface
interface Pauses {
    Pauses REAL = (duration, closed) -> {
        if (closed.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the pool was closed");
        }
    };

    /**
     * Lets so much time pass.
     *
     * @param closed ends the pause at once
     * @throws InterruptedException if the pool was closed meanwhile
     */
    void pause(Duration duration, CountDownLatch closed) throws InterruptedException;
}
