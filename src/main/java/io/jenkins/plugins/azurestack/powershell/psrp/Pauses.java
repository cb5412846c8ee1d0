package io.jenkins.plugins.azurestack.powershell.psrp;

import java.time.Duration;

/** How this package lets time pass between two attempts; a test's clock need not wait. */
@FunctionalInterface
interface Pauses {
    Pauses REAL = duration -> Thread.sleep(duration.toMillis());

    void pause(Duration duration) throws InterruptedException;
}
