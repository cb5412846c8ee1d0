package io.jenkins.plugins.azurestack.powershell.psrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.Test;

/** The header of MS-PSRP 2.2.1. */
public class MessageTest {
    private static final UUID POOL = UUID.fromString("76056a84-51dc-4f24-9262-ca2a55464b2b");
    private static final UUID PIPELINE = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final byte[] PAYLOAD = "<S></S>".getBytes(StandardCharsets.UTF_8);

    @Test
    public void theHeaderIsLittleEndianAndItsGuidsAreThoseOfDotNet() {
        final Message message = Message.toServer(MessageType.CREATE_PIPELINE, POOL, PIPELINE, PAYLOAD);

        assertThat(HexFormat.of().formatHex(message.encode()))
                .isEqualTo("02000000" + "06100200" + "846a0576dc51244f9262ca2a55464b2b"
                        + "33221100554477668899aabbccddeeff" + HexFormat.of().formatHex(PAYLOAD));
    }

    @Test
    public void aMessageComesBackAsItWas() throws MalformedMessageException {
        final Message message = Message.decode(Message.toClient(MessageType.PIPELINE_OUTPUT, POOL, PIPELINE, PAYLOAD)
                .encode());

        assertThat(message.isToServer()).isFalse();
        assertThat(message.type()).contains(MessageType.PIPELINE_OUTPUT);
        assertThat(message.runspacePool()).isEqualTo(POOL);
        assertThat(message.pipeline()).isEqualTo(PIPELINE);
        assertThat(message.payload()).isEqualTo(PAYLOAD);
    }

    @Test
    public void theByteOrderMarkOfWindowsIsDropped() throws MalformedMessageException {
        final byte[] marked = "\uFEFF<S></S>".getBytes(StandardCharsets.UTF_8);
        final Message message = Message.decode(Message.toClient(MessageType.PIPELINE_OUTPUT, POOL, PIPELINE, marked)
                .encode());

        assertThat(message.payload()).isEqualTo(PAYLOAD);
    }

    @Test
    public void anEmptyPayloadIsAMessageToo() throws MalformedMessageException {
        final byte[] encoded = Message.toServer(MessageType.END_OF_PIPELINE_INPUT, POOL, PIPELINE, new byte[0])
                .encode();

        assertThat(encoded).hasSize(Message.HEADER_LENGTH);
        assertThat(Message.decode(encoded).payload()).isEmpty();
    }

    @Test
    public void unknownTypesAreCarried() throws MalformedMessageException {
        final byte[] encoded = Message.toClient(MessageType.USER_EVENT, POOL, DotNetGuid.NONE, PAYLOAD)
                .encode();
        ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 0x000420FF);
        final Message message = Message.decode(encoded);

        assertThat(message.type()).isEmpty();
        assertThat(message.typeCode()).isEqualTo(0x000420FF);
        assertThat(message).hasToString("0x000420FF of 7 bytes");
    }

    @Test
    public void aHeaderCutShortIsRefused() {
        final byte[] encoded = Message.toClient(MessageType.USER_EVENT, POOL, PIPELINE, new byte[0])
                .encode();
        for (int length = 0; length < Message.HEADER_LENGTH; length++) {
            final byte[] cut = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> Message.decode(cut))
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessage("A message of " + cut.length + " bytes is shorter than its header of 40");
        }
    }

    @Test
    public void anUnknownDestinationIsRefused() {
        final byte[] encoded = Message.toClient(MessageType.USER_EVENT, POOL, PIPELINE, PAYLOAD)
                .encode();
        encoded[0] = 3;

        assertThatThrownBy(() -> Message.decode(encoded)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    public void aMessagePrintsNoContent() {
        assertThat(Message.toServer(MessageType.CREATE_PIPELINE, POOL, PIPELINE, PAYLOAD))
                .hasToString("CREATE_PIPELINE of 7 bytes");
    }

    @Test
    public void callersArraysAreApart() {
        final byte[] mine = PAYLOAD.clone();
        final Message message = Message.toServer(MessageType.CREATE_PIPELINE, POOL, PIPELINE, mine);
        Arrays.fill(mine, (byte) 0);
        Arrays.fill(message.payload(), (byte) 0);

        assertThat(message.payload()).isEqualTo(PAYLOAD);
    }

    @Test
    public void guidsLeaveTheBuffersOrderAlone() {
        final ByteBuffer buffer = ByteBuffer.allocate(DotNetGuid.LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        DotNetGuid.write(PIPELINE, buffer);

        assertThat(buffer.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(DotNetGuid.read(buffer.flip())).isEqualTo(PIPELINE);
        assertThat(buffer.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    }
}
