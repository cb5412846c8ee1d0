package io.jenkins.plugins.azurestack.powershell.psrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.powershell.RemotingException;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * A server that sends damaged messages, and connections that lose and repeat them. The client comes to an end with a
 * result or an error of its own kind, and never passes off what it has for all there was. Runs for
 * {@code -Dfuzz.seconds} each (2 unless said otherwise); what it does depends on {@code -Dfuzz.seed} alone.
 */
public class ClientFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_260_301);
    private static final int MESSAGES = 12;
    private static final int FEWEST_ROUNDS = 100;

    @Rule
    public final Timeout timeout = Mutations.timeout();

    private interface Round {
        void play(Random random) throws Exception;
    }

    private static void rounds(Round round) throws Exception {
        long end = System.nanoTime() + Long.getLong("fuzz.seconds", 2) * 1_000_000_000L;
        for (int i = 0; i < FEWEST_ROUNDS || System.nanoTime() < end; i++) {
            try {
                round.play(new Random((SEED + i) * 0x9E37_79B9_7F4A_7C15L));
            } catch (Exception | AssertionError e) {
                throw new AssertionError("found with seed " + (SEED + i), e);
            }
        }
    }

    private static byte[] damaged(byte[] chunk, Random random) {
        byte[] copy = chunk.clone();
        switch (random.nextInt(5)) {
            case 0 -> copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> copy = java.util.Arrays.copyOf(copy, random.nextInt(copy.length));
            case 2 -> copy = java.util.Arrays.copyOf(copy, copy.length + random.nextInt(64));
            case 3 ->
                copy[random.nextInt(Math.min(copy.length, Fragment.HEADER_LENGTH + Message.HEADER_LENGTH))] =
                        (byte) random.nextInt();
            default -> {
                String text = new String(copy, StandardCharsets.ISO_8859_1);
                copy = text.replace("I32", random.nextBoolean() ? "S" : "Nil").getBytes(StandardCharsets.ISO_8859_1);
            }
        }
        return copy;
    }

    private static FakePowerShell server(Random random) {
        FakePowerShell server = new FakePowerShell();
        server.timePasses = true;
        server.on("Get-Thing", running -> {
            running.output("text");
            running.say(MessageType.ERROR_RECORD, FakePowerShell.errorRecord("Id", "message"));
            running.say(
                    MessageType.PROGRESS_RECORD,
                    PsObject.builder()
                            .extended("Activity", "a")
                            .extended("PercentComplete", 3)
                            .build());
            running.say(
                    MessageType.INFORMATION_RECORD,
                    PsObject.builder().extended("MessageData", "m").build());
            running.say(MessageType.WARNING_RECORD, PsPrimitive.of("w"));
            running.hostCall(random.nextInt(5), random.nextInt(60), "ReadLine");
            running.say(MessageType.PIPELINE_OUTPUT, PsSecureString.of(new char[] {'x'}));
            if (random.nextBoolean()) {
                running.complete();
            } else {
                running.fail("Id", "message");
            }
        });
        return server;
    }

    @Test
    public void damagedMessagesEndInAResultOrAnErrorOfOurOwn() throws Exception {
        Set<String> ends = new HashSet<>();
        rounds(random -> {
            FakePowerShell server = server(random);
            server.mangle = chunk -> chunk.length > 0 && random.nextInt(6) == 0 ? damaged(chunk, random) : chunk;
            server.whileSilent = () -> server.clock.advance(Duration.ofSeconds(1));
            try (RunspacePool pool =
                    server.client().openLimit(Duration.ofSeconds(5)).open()) {
                ends.add(pool.command("Get-Thing")
                        .run(Duration.ofHours(3))
                        .state()
                        .toString());
            } catch (RemotingException e) {
                assertThat(e.getMessage()).isNotBlank();
                ends.add(e.getClass().getSimpleName());
            }
            assertThat(server.count("Create")).isLessThanOrEqualTo(1);
            assertThat(server.count("Command")).isLessThanOrEqualTo(1);
        });
        assertThat(ends).as("the fuzzer reaches the ends").contains("COMPLETED", "PipelineFailedException");
    }

    @Test
    public void brokenConnectionsNeverPassAPartForTheWhole() throws Exception {
        Set<Boolean> completeness = new HashSet<>();
        rounds(random -> {
            FakePowerShell server = new FakePowerShell();
            List<String> said = new ArrayList<>();
            server.on("Get-Thing", running -> {
                server.fragmentsOf(running.shell, 40, 3);
                for (int i = 0; i < MESSAGES; i++) {
                    said.add(i + "-".repeat(random.nextInt(80)));
                    running.output(said.get(i));
                }
                running.complete();
            });
            for (int i = random.nextInt(8); i > 0; i--) {
                server.cut("Receive pipeline", new FakePowerShell.Cut[random.nextInt(10)]);
                FakePowerShell.Cut[] cuts = FakePowerShell.Cut.values();
                server.cut("Receive pipeline", cuts[random.nextInt(cuts.length - 1)]);
            }
            try (RunspacePool pool = server.client().open()) {
                PipelineResult result = pool.command("Get-Thing").run();
                List<String> heard =
                        result.output().stream().map(value -> value.asString()).toList();
                assertThat(said).containsSubsequence(heard);
                assertThat(heard).doesNotHaveDuplicates();
                if (result.isComplete()) {
                    assertThat(heard).isEqualTo(said);
                }
                completeness.add(result.isComplete());
            } catch (PipelineGoneException e) {
                assertThat(e.soFar().isComplete()).isFalse();
            }
        });
        assertThat(completeness).containsExactlyInAnyOrder(true, false);
    }

    @Test
    public void lostAndRepeatedChunksNeverPassAPartForTheWhole() throws Exception {
        rounds(random -> {
            Fragmenter fragmenter = new Fragmenter(Fragment.HEADER_LENGTH + 1 + random.nextInt(60));
            IncomingMessages incoming = new IncomingMessages();
            List<String> sent = new ArrayList<>();
            List<String> received = new ArrayList<>();
            List<OutputGap> gaps = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                byte[] payload = ("message " + i).getBytes(StandardCharsets.UTF_8);
                sent.add("message " + i);
                for (byte[] fragment : fragmenter.split(
                        Message.toClient(MessageType.PIPELINE_OUTPUT, DotNetGuid.NONE, DotNetGuid.NONE, payload))) {
                    int fate = i == MESSAGES - 1 ? 9 : random.nextInt(10);
                    if (fate <= 1) {
                        incoming.answerLost();
                    }
                    for (int times = fate == 0 ? 0 : fate == 1 ? 2 : 1; times > 0; times--) {
                        for (Message message : incoming.acceptForPipeline(fragment)) {
                            received.add(new String(message.payload(), StandardCharsets.UTF_8));
                        }
                    }
                }
                gaps.addAll(incoming.takeGaps());
            }
            assertThat(sent).containsSubsequence(received);
            assertThat(received).doesNotHaveDuplicates();
            assertThat(received.equals(sent) || !gaps.isEmpty())
                    .as("%s of %s", received, sent)
                    .isTrue();
        });
    }
}
