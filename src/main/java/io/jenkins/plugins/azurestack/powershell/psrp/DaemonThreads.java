package io.jenkins.plugins.azurestack.powershell.psrp;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads that do not keep a JVM alive, with names that tell where they belong. Thread-safe. */
final class DaemonThreads implements ThreadFactory {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "powershell-remoting-" + COUNT.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
