package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.arm.ResourceManager;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.pep.ActionReport;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpointException;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Whether a rotation or a change of the BMC credential runs on a stamp, as the stamp itself says. */
@FunctionalInterface
public interface StampQuestion {
    /** Asks. */
    Answer ask() throws InterruptedException;

    /** The same question, given up after some time: what is not known by then is not known. */
    default StampQuestion within(final Duration patience) {
        return () -> {
            final FutureTask<Answer> asking = new FutureTask<>(this::ask);
            final Thread thread = new Thread(asking, "Azure Stack Hub question");
            thread.setDaemon(true);
            thread.start();
            try {
                return asking.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return new Answer(Word.UNKNOWN, "it did not answer within " + patience.toSeconds() + " seconds");
            } catch (ExecutionException e) {
                return new Answer(Word.UNKNOWN, String.valueOf(e.getCause()));
            } finally {
                asking.cancel(true);
            }
        };
    }

    /**
     * What the stamp said.
     *
     * @param words its own, or why it could not be asked; one line
     */
    record Answer(Word word, String words) {
        public Answer {
            Objects.requireNonNull(word, "word");
            words = Text.printable(words);
        }
    }

    /** What an answer comes to. */
    enum Word {
        RUNNING,
        NOT_RUNNING,
        /** It could not be asked, or the answer was not understood. */
        UNKNOWN
    }

    /**
     * Asks through the privileged endpoint ({@code Get-ActionStatus}), with a login for that alone.
     *
     * @param environment has the credentials, and the folder where refused passwords are remembered
     */
    static StampQuestion of(
            final Network network,
            final Clock clock,
            final SecureRandom random,
            final Stamp stamp,
            final Maintenance maintenance,
            final StepEnvironment environment) {
        final CheckClients clients = new CheckClients(
                new CheckClients.Tools(network, clock, random, ResourceManager::new), stamp, maintenance, environment);
        return () -> {
            if (maintenance.privilegedEndpoints().isEmpty()
                    || maintenance.cloudAdmin().isEmpty()) {
                return new Answer(
                        Word.UNKNOWN, "the configuration names no privilegedEndpoints or no cloudAdminCredentialsId");
            }
            try (RootSource.Opened opened = clients.cmdlets()) {
                // Both are asked: a lock may be of either, and one that can't be read does not say of which.
                return worse(
                        answer("rotation", opened.cmdlets().latestRotation()),
                        answer("change of the BMC credential", opened.cmdlets().latestBmcCredential()));
            } catch (NotSeenException | PrivilegedEndpointException e) {
                return new Answer(Word.UNKNOWN, e.getMessage());
            }
        };
    }

    /** What runs counts most, then what nobody can tell. */
    private static Answer worse(final Answer one, final Answer other) {
        return Stream.of(Word.RUNNING, Word.UNKNOWN)
                .flatMap(word -> Stream.of(one, other).filter(answer -> answer.word() == word))
                .findFirst()
                .orElse(new Answer(Word.NOT_RUNNING, one.words() + "; " + other.words()));
    }

    private static Answer answer(final String what, final Optional<ActionReport> latest) {
        if (latest.isEmpty()) {
            return new Answer(Word.NOT_RUNNING, "no " + what + " is known there");
        }
        return switch (latest.get().status()) {
            case RUNNING -> new Answer(Word.RUNNING, what + ": " + latest.get().words());
            case COMPLETED, FAILED, CANCELED ->
                new Answer(Word.NOT_RUNNING, what + ": " + latest.get().words());
            case NOT_UNDERSTOOD ->
                new Answer(Word.UNKNOWN, what + ": " + latest.get().words());
        };
    }
}
