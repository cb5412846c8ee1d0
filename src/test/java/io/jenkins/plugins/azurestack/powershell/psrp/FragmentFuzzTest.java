package io.jenkins.plugins.azurestack.powershell.psrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.powershell.psrp.RecordedMessages.Direction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Damaged fragments and messages end in the declared exception and in nothing else. */
public class FragmentFuzzTest {
    private static final List<String> TOKENS = List.of(
            "\0\0\0\0\0\0\0\1",
            "\0\0\0\0\0\0\0\0\1\0\0\0\0",
            "\0\0\0\0\0\0\0\0\3\0\0\0\0",
            "\0\0\0\0\0\0\0\1\2\0\0\0\1x",
            "\u007F\u00FF\u00FF\u00FF",
            "\u00FF\u00FF\u00FF\u00FF",
            "\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF",
            "\u0080\0\0\0",
            "\1\0\0\0",
            "\2\0\0\0\6\20\2\0");

    @Rule
    public final Timeout hang = Mutations.timeout();

    private static List<byte[]> seeds() {
        final List<byte[]> seeds = new ArrayList<>();
        final byte[] payload = "\uFEFF<S>0123456789</S>".getBytes(StandardCharsets.UTF_8);
        final Message message = Message.toClient(MessageType.PIPELINE_OUTPUT, new UUID(1, 2), new UUID(3, 4), payload);
        for (final int size : new int[] {22, 30, 50, 1000}) {
            seeds.add(new Fragmenter(size).join(List.of(message, message)));
        }
        for (final Direction direction : RecordedMessages.all()) {
            direction.elements().stream().filter(element -> element.length > 0).forEach(seeds::add);
        }
        return seeds;
    }

    @Test
    public void damagedFragmentsAreRefusedOrRead() {
        final long runs = new Mutations(seeds(), TOKENS, "\0").run(input -> {
            final Defragmenter defragmenter = new Defragmenter(1 << 20);
            try {
                // Twice: the second time it meets what the first left unfinished.
                for (int round = 0; round < 2; round++) {
                    for (final Message message : defragmenter.accept(input)) {
                        assertThat(message.toString()).endsWith(" bytes");
                        assertThat(message.encode()).hasSizeGreaterThanOrEqualTo(Message.HEADER_LENGTH);
                    }
                }
            } catch (MalformedMessageException declared) {
                assertThat(declared).hasNoCause();
            }
        });

        assertThat(runs).isPositive();
    }
}
