package io.jenkins.plugins.azurestack.powershell.psrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.Test;

/** The fragments of MS-PSRP 2.2.4. */
public class FragmentsTest {
    private static final UUID POOL = new UUID(1, 2);

    private static Message message(int payload) {
        final byte[] bytes = new byte[payload];
        Arrays.fill(bytes, (byte) 'x');
        return Message.toServer(MessageType.PIPELINE_INPUT, POOL, POOL, bytes);
    }

    private static byte[] joined(byte[]... parts) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        Stream.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] fragment(long object, long number, boolean start, boolean end, int length) {
        return new Fragment(object, number, start, end, new byte[length]).encode();
    }

    private static void refused(Defragmenter defragmenter, String message, byte[]... parts) {
        assertThatThrownBy(() -> defragmenter.accept(joined(parts)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    public void theHeaderIsBigEndian() {
        assertThat(HexFormat.of().formatHex(new Fragment(1, 2, true, false, new byte[] {(byte) 0xAB}).encode()))
                .isEqualTo("0000000000000001" + "0000000000000002" + "01" + "00000001" + "ab");
    }

    @Test
    public void aSmallMessageIsOneFragmentThatStartsAndEnds() throws MalformedMessageException {
        final Fragmenter fragmenter = new Fragmenter(Fragmenter.SAFE_SIZE);
        final List<byte[]> first = fragmenter.split(message(0));
        final Fragment second =
                Fragment.decode(ByteBuffer.wrap(fragmenter.split(message(0)).get(0)));

        assertThat(first).hasSize(1);
        assertThat(second.objectId()).isEqualTo(2);
        assertThat(second.fragmentId()).isZero();
        assertThat(second.isStart() && second.isEnd()).isTrue();
        assertThat(second.blob()).isEqualTo(message(0).encode());
    }

    @Test
    public void fragmentsAreFullButTheLast() {
        final List<byte[]> fragments = new Fragmenter(31).split(message(15));

        assertThat(fragments).extracting(fragment -> fragment.length).containsExactly(31, 31, 31, 31, 31, 26);
        assertThat(fragments)
                .extracting(fragment -> fragment[16])
                .containsExactly((byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 2);
        assertThat(fragments)
                .extracting(fragment -> fragment[15])
                .containsExactly((byte) 0, (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5);
    }

    @Test
    public void messagesThatInterleaveAreToldApart() throws MalformedMessageException {
        final Fragmenter fragmenter = new Fragmenter(41);
        final List<byte[]> a = fragmenter.split(message(10));
        final List<byte[]> b = fragmenter.split(message(1));
        final Defragmenter defragmenter = new Defragmenter();

        assertThat(defragmenter.accept(joined(a.get(0), b.get(0), a.get(1), b.get(1))))
                .isEmpty();
        assertThat(defragmenter.unfinishedMessages()).isEqualTo(2);
        assertThat(defragmenter.accept(joined(b.get(2), a.get(2))))
                .extracting(message -> message.payload().length)
                .containsExactly(1, 10);
        assertThat(defragmenter.unfinishedMessages()).isZero();
        assertThat(defragmenter.accept(new byte[0])).isEmpty();
    }

    @Test
    public void messagesAreStrungTogetherForTheOpeningOfAShell() throws MalformedMessageException {
        final byte[] opening = new Fragmenter(50).join(List.of(message(3), message(70)));

        assertThat(new Defragmenter().accept(opening))
                .extracting(message -> message.payload().length)
                .containsExactly(3, 70);
    }

    @Test
    public void aFragmentCutAnywhereIsRefused() {
        final byte[] whole = new Fragmenter(100).split(message(5)).get(0);
        for (int length = 1; length < whole.length; length++) {
            refused(new Defragmenter(), "A fragment", Arrays.copyOf(whole, length));
        }
    }

    @Test
    public void aClaimedLengthIsOnlyBelievedWhenTheBytesAreThere() {
        for (final int claim : new int[] {1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            final byte[] header = fragment(1, 0, true, true, 0);
            ByteBuffer.wrap(header).putInt(17, claim);

            refused(
                    new Defragmenter(),
                    "A fragment claims " + Integer.toUnsignedLong(claim) + " bytes where 0 are left",
                    header);
        }
    }

    @Test
    public void fragmentsOutOfOrderAreRefused() {
        refused(new Defragmenter(), "A fragment before it is missing", fragment(1, 1, false, true, 50));
        refused(
                new Defragmenter(),
                "A fragment before it is missing",
                fragment(1, 0, true, false, 5),
                fragment(1, 2, false, true, 50));
        refused(
                new Defragmenter(),
                "A fragment before it is missing",
                fragment(1, 0, true, false, 5),
                fragment(1, 1, false, false, 5),
                fragment(1, 1, false, true, 50));
        refused(
                new Defragmenter(),
                "A fragment before it is missing",
                fragment(1, 0, true, false, 5),
                fragment(2, 1, false, true, 50));
        refused(new Defragmenter(), "The first fragment of a message", fragment(1, 0, false, true, 50));
        refused(new Defragmenter(), "The first fragment of a message", fragment(1, 3, true, true, 50));
        refused(
                new Defragmenter(),
                "A message starts while",
                fragment(1, 0, true, false, 5),
                fragment(1, 0, true, true, 50));
    }

    @Test
    public void unfinishedMessagesAreBoundedTogether() {
        refused(
                new Defragmenter(100),
                "Unfinished messages exceed the limit of 100 bytes",
                fragment(1, 0, true, false, 60),
                fragment(2, 0, true, false, 41));
        refused(
                new Defragmenter(100),
                "Unfinished messages exceed the limit of 100 bytes",
                fragment(1, 0, true, false, 60),
                fragment(1, 1, false, true, 41));
    }

    @Test
    public void finishedMessagesMakeRoom() throws MalformedMessageException {
        final Defragmenter defragmenter = new Defragmenter(100);
        final Fragmenter fragmenter = new Fragmenter(50);
        for (int round = 0; round < 100; round++) {
            for (final byte[] fragment : fragmenter.split(message(60))) {
                defragmenter.accept(fragment);
            }
        }

        assertThat(defragmenter.unfinishedMessages()).isZero();
    }

    @Test
    public void messagesThatOnlyBeginAreBoundedInNumber() {
        final byte[][] starts = new byte[1025][];
        for (int object = 0; object < starts.length; object++) {
            starts[object] = fragment(object, 0, true, false, 0);
        }

        refused(new Defragmenter(), "More than 1024 messages are unfinished", starts);
    }

    @Test
    public void endlessEmptyFragmentsTakeNoMemory() throws MalformedMessageException {
        final Defragmenter defragmenter = new Defragmenter(100);
        defragmenter.accept(fragment(1, 0, true, false, 0));
        for (int number = 1; number < 100_000; number++) {
            assertThat(defragmenter.accept(fragment(1, number, false, false, 0)))
                    .isEmpty();
        }

        assertThat(defragmenter.unfinishedMessages()).isEqualTo(1);
    }

    @Test
    public void clearingForgetsWhatHadBegun() throws MalformedMessageException {
        final Defragmenter defragmenter = new Defragmenter(100);
        defragmenter.accept(fragment(1, 0, true, false, 90));
        defragmenter.clear();

        assertThat(defragmenter.unfinishedMessages()).isZero();
        assertThat(defragmenter.accept(new Fragmenter(100).split(message(20)).get(0)))
                .hasSize(1);
    }

    @Test
    public void whatIsCompleteBeforeAMalformedFragmentIsHandedOver() {
        final byte[] whole = new Fragmenter(1000).join(List.of(message(3), message(4)));
        final List<Message> handedOver = new ArrayList<>();

        assertThatThrownBy(() ->
                        new Defragmenter().accept(joined(whole, fragment(9, 1, false, true, 50)), handedOver::add))
                .isInstanceOf(MalformedMessageException.class);
        assertThat(handedOver).extracting(message -> message.payload().length).containsExactly(3, 4);
    }

    @Test
    public void aCompleteObjectThatIsNoMessageIsRefused() {
        refused(new Defragmenter(), "A message of 5 bytes is shorter than its header", fragment(1, 0, true, true, 5));
    }

    @Test
    public void aFragmentPrintsItsNumbersOnly() {
        assertThat(new Fragment(-1, 0, true, true, "hunter2".getBytes(StandardCharsets.UTF_8)))
                .hasToString("fragment 0 of object 18446744073709551615, 7 bytes, start, end");
        assertThatThrownBy(() -> new Fragmenter(Fragment.HEADER_LENGTH)).isInstanceOf(IllegalArgumentException.class);
    }
}
