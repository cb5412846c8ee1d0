package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.world.World;

/**
 * Does what action plans do when it is time for it, so that nobody needs to be looking: the one whose call started a plan
 * may be gone.
 */
final class Engine implements AutoCloseable {
    private final World world;
    private final Thread thread = new Thread(this::run, "the stamp's engine");

    Engine(final World world) {
        this.world = world;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                world.time().awaitUntil(world.actionPlans().awaitEnd());
                world.actionPlans().settle();
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
