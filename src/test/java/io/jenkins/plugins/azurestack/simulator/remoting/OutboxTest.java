package io.jenkins.plugins.azurestack.simulator.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** What is kept for a client, handed out once and in order, and dropped only where that was wanted. */
public class OutboxTest {
    private static final int ROOM = 100_000;
    private static final long LONG = Duration.ofSeconds(20).toNanos();
    private static final BooleanSupplier THERE = () -> false;

    @Rule
    public final Timeout limit = Timeout.seconds(60);

    private final Outbox outbox = new Outbox(10);

    private static List<byte[]> message(final String... fragments) {
        return List.of(fragments).stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> texts(final Outbox.Chunk chunk) {
        return chunk.fragments().stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    private Outbox.Chunk receive() throws Exception {
        return outbox.receive("", ROOM, LONG, THERE);
    }

    /** A client that waits; nothing is its answer if it gets none. */
    private CompletableFuture<Outbox.Chunk> waiting(final BooleanSupplier isGone) {
        final CompletableFuture<Outbox.Chunk> client = CompletableFuture.supplyAsync(() -> {
            try {
                return outbox.receive("1", ROOM, LONG, isGone);
            } catch (WsManFault | InterruptedException e) {
                return null;
            }
        });
        while (!outbox.isAwaited()) {
            Thread.onSpinWait();
        }
        return client;
    }

    @Test
    public void whatFitsIsTakenTogetherUntilAMessageThatEndsTheAnswer() throws Exception {
        outbox.put(message("a"), false);
        outbox.put(message("b"), true);
        outbox.put(message("c"), false);

        assertThat(texts(receive())).containsExactly("a", "b");
        assertThat(texts(receive())).containsExactly("c");
    }

    @Test
    public void anAnswerHasNoMoreFragmentsThanItsClientHasRoomFor() throws Exception {
        outbox.put(message("first", "second"), false);

        assertThat(texts(outbox.receive("", 200, LONG, THERE))).containsExactly("first");
        assertThat(texts(outbox.receive("", 200, LONG, THERE))).containsExactly("second");
    }

    @Test
    public void theLastMessageAlwaysHasRoomAndSaysThatItIsTheLast() throws Exception {
        outbox.put(message("0123456789"), false);
        outbox.putLast(message("end"));
        final Outbox.Chunk chunk = receive();

        assertThat(texts(chunk)).containsExactly("0123456789", "end");
        assertThat(chunk.isLast()).isTrue();
        assertThatThrownBy(this::receive).isInstanceOf(WsManFault.class);
    }

    @Test
    public void aClientThatIsGoneTakesNothing() throws Exception {
        assertThatThrownBy(() -> outbox.receive("", ROOM, LONG, () -> true)).isInstanceOf(WsManFault.class);
        outbox.put(message("kept"), false);

        assertThat(texts(receive())).containsExactly("kept");
    }

    @Test
    public void aClientThatLeftWhileItWaitedTakesNothingOfWhatComesThen() throws Exception {
        final AtomicBoolean gone = new AtomicBoolean();
        final CompletableFuture<Outbox.Chunk> left = waiting(gone::get);
        synchronized (outbox) {
            gone.set(true);
            outbox.put(message("kept"), false);
        }

        assertThat(left.join()).isNull();
        assertThat(texts(receive())).containsExactly("kept");
    }

    @Test
    public void aReceiveWhoseClientIsGoneMakesWayForTheNext() throws Exception {
        final AtomicBoolean gone = new AtomicBoolean();
        final CompletableFuture<Outbox.Chunk> first = waiting(gone::get);
        gone.set(true);
        final CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            first.join();
            try {
                outbox.put(message("kept"), false);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });

        assertThat(texts(outbox.receive("2", ROOM, LONG, THERE))).containsExactly("kept");
        assertThat(first.join()).isNull();
        writer.join();
    }

    @Test
    public void aMessageOfWhichAPartWasSentIsNotDropped() throws Exception {
        outbox.put(message("part1", "part2"), false);
        assertThat(texts(outbox.receive("", 200, LONG, THERE))).containsExactly("part1");
        outbox.drops(true);
        outbox.put(message("old"), false);
        outbox.put(message("newest89"), false);

        assertThat(texts(receive())).containsExactly("part2", "newest89");
    }

    @Test
    public void closingFreesAWriterThatWaits() throws Exception {
        outbox.put(message("0123456789"), false);
        final CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try {
                outbox.put(message("more"), false);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        outbox.close(WsManFault.aborted());

        writer.join();
        assertThatThrownBy(this::receive).isInstanceOf(WsManFault.class);
    }
}
