package io.jenkins.plugins.azurestack.jenkins.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.jenkins.ControllerRoute;
import io.jenkins.plugins.azurestack.jenkins.PageEnvironment;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.Text;
import io.jenkins.plugins.azurestack.wiring.ConnectionTrial;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import jenkins.model.Jenkins;

/** Tries, from the configuration page, what is typed there; for administrators only, and not for long. */
final class FormTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        final Thread thread = new Thread(work, "Azure Stack Hub connection test");
        thread.setDaemon(true);
        return thread;
    });

    private FormTest() {}

    /**
     * Tries it, if the asker may administer Jenkins.
     *
     * @param typed the stamp as it is typed; throws {@link Rejected} if it can't be right
     */
    static FormValidation of(final ConnectionTrial.What what, final Supplier<ConfiguredStamp> typed)
            throws InterruptedException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            final ConfiguredStamp configured = typed.get();
            final Stamp stamp = configured.toStamp();
            final Maintenance maintenance = configured.toMaintenance();
            final ConnectionTrial test = new ConnectionTrial(
                    ControllerRoute.get().network(),
                    Clock.systemUTC(),
                    new SecureRandom(),
                    stamp,
                    maintenance,
                    new PageEnvironment(new FormSecrets()));
            return FormValidation.ok(await(THREADS.submit(() -> test.of(what))));
        } catch (NotSeenException e) {
            return FormValidation.error(e.getMessage() + ". " + e.advice());
        } catch (Rejected e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private static String await(final Future<String> trying) throws NotSeenException, InterruptedException {
        try {
            return trying.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new NotSeenException("there was no answer within " + PATIENCE.toSeconds() + " seconds", "Try again.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotSeenException known) {
                throw known;
            }
            if (e.getCause() instanceof Rejected rejected) {
                throw rejected;
            }
            throw new NotSeenException(
                    "it failed: " + Text.printable(String.valueOf(e.getCause())), "Look into the controller's log.");
        } finally {
            trying.cancel(true);
        }
    }
}
