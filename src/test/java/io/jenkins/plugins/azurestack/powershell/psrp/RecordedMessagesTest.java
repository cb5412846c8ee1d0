package io.jenkins.plugins.azurestack.powershell.psrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlReader;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlWriter;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.psrp.RecordedMessages.Direction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Test;

/** Every fragment, message and CLIXML document that Windows and its recorded client exchanged. */
public class RecordedMessagesTest {
    private static final Set<MessageType> SEEN = EnumSet.of(
            MessageType.SESSION_CAPABILITY,
            MessageType.INIT_RUNSPACEPOOL,
            MessageType.PUBLIC_KEY,
            MessageType.ENCRYPTED_SESSION_KEY,
            MessageType.CONNECT_RUNSPACEPOOL,
            MessageType.RUNSPACEPOOL_INIT_DATA,
            MessageType.RUNSPACEPOOL_STATE,
            MessageType.CREATE_PIPELINE,
            MessageType.APPLICATION_PRIVATE_DATA,
            MessageType.PIPELINE_INPUT,
            MessageType.END_OF_PIPELINE_INPUT,
            MessageType.PIPELINE_OUTPUT,
            MessageType.ERROR_RECORD,
            MessageType.PIPELINE_STATE,
            MessageType.DEBUG_RECORD,
            MessageType.VERBOSE_RECORD,
            MessageType.WARNING_RECORD,
            MessageType.PROGRESS_RECORD,
            MessageType.INFORMATION_RECORD);

    private List<Direction> recordings;

    @Before
    public void recordingsAreThere() {
        assumeTrue(RecordedMessages.ABSENT, RecordedMessages.folder().isPresent());
        recordings = RecordedMessages.all();
    }

    private List<Message> messages(boolean toServer) throws IOException {
        final List<Message> messages = new ArrayList<>();
        for (final Direction direction : recordings) {
            if (direction.toServer() == toServer) {
                messages.addAll(direction.messages());
            }
        }
        return messages;
    }

    @Test
    public void everyFragmentBelongsToAMessageOfAKnownType() throws IOException {
        final Set<MessageType> types = EnumSet.noneOf(MessageType.class);
        for (final Direction direction : recordings) {
            final Defragmenter defragmenter = new Defragmenter();
            for (final byte[] element : direction.elements()) {
                for (final Message message : defragmenter.accept(element)) {
                    assertThat(message.isToServer()).isEqualTo(direction.toServer());
                    types.add(message.type().orElseThrow());
                }
            }
            assertThat(defragmenter.unfinishedMessages()).as(direction.file()).isZero();
        }
        assertThat(types).isEqualTo(SEEN);
    }

    @Test
    public void whatWindowsSerialisedIsWrittenAgainByteForByte() throws IOException {
        for (final Message message : messages(false)) {
            final PsValue value = new CliXmlReader().read(message.payload());

            assertThat(new CliXmlWriter().writeString(value))
                    .isEqualTo(new String(message.payload(), StandardCharsets.UTF_8));
        }
    }

    @Test
    public void whatWindowsAcceptedIsWrittenAgainInTheSameShape() throws IOException {
        for (final Message message : messages(true)) {
            if (message.type().equals(Optional.of(MessageType.END_OF_PIPELINE_INPUT))) {
                assertThat(message.payload()).isEmpty();
                continue;
            }
            final PsValue value = new CliXmlReader().read(message.payload());
            final String recorded = new String(message.payload(), StandardCharsets.UTF_8);

            assertThat(new CliXmlWriter().writeString(value)).isEqualTo(inOurOrder(recorded));
        }
    }

    /** The recorded client puts attributes in either order and shortens empty strings. */
    private static String inOurOrder(String recorded) {
        return recorded.replaceAll("(RefId=\"\\d+\") (N=\"[^\"]*\")", "$2 $1").replace("<S />", "<S></S>");
    }

    @Test
    public void messagesAreCutAndPutTogetherAtAnySize() throws IOException {
        final List<Message> all = messages(true);
        all.addAll(messages(false));
        for (final int size : new int[] {22, 23, 64, 1000, Fragmenter.SAFE_SIZE}) {
            final Fragmenter fragmenter = new Fragmenter(size);
            final Defragmenter defragmenter = new Defragmenter();
            for (final Message message : all) {
                final List<Message> back = new ArrayList<>();
                for (final byte[] fragment : fragmenter.split(message)) {
                    assertThat(fragment.length).isLessThanOrEqualTo(size);
                    back.addAll(defragmenter.accept(fragment));
                }
                assertThat(back).hasSize(1);
                assertThat(back.get(0).encode()).isEqualTo(message.encode());
            }
        }
    }

    @Test
    public void objectsOfTheClientAreNumberedFromOneInEachConnection() throws IOException {
        for (final Direction direction : recordings) {
            if (direction.toServer() && !direction.elements().isEmpty()) {
                final Fragment first =
                        Fragment.decode(ByteBuffer.wrap(direction.elements().get(0)));
                assertThat(first.objectId()).as(direction.file()).isEqualTo(1);
                assertThat(first.isStart()).isTrue();
            }
        }
    }

    @Test
    public void anErrorOfWindowsReadsAsAnOperatorWouldReadIt() throws IOException {
        final List<PsValue> failures = new ArrayList<>();
        for (final Message message : messages(false)) {
            if (message.type().orElseThrow() == MessageType.PIPELINE_STATE) {
                final PsValue error = new CliXmlReader().read(message.payload()).property("ExceptionAsErrorRecord");
                if (!error.isNull()) {
                    failures.add(error);
                }
            }
        }

        assertThat(failures)
                .extracting(PsValue::asString)
                .anyMatch(text -> text.startsWith("The syntax is not supported by this runspace."));
        assertThat(failures)
                .extracting(error -> error.property("FullyQualifiedErrorId").asString())
                .contains("ScriptsNotAllowed");
        assertThat(failures)
                .extracting(
                        error -> error.property("Exception").property("Message").asString())
                .doesNotContain("");
    }

    @Test
    public void aServiceOfWindowsReadsLikeItsProperties() throws IOException {
        final PsValue service = messages(false).stream()
                .filter(message -> message.type().orElseThrow() == MessageType.PIPELINE_OUTPUT)
                .map(message -> {
                    try {
                        return new CliXmlReader().read(message.payload());
                    } catch (IOException unreadable) {
                        throw new AssertionError(unreadable);
                    }
                })
                .filter(value -> value.property("ServiceName").asString().equals("winrm"))
                .findFirst()
                .orElseThrow();

        assertThat(service.property("Status").asString()).isEqualTo("Running");
        assertThat(service.property("CanStop").asBoolean()).isTrue();
        assertThat(service.property("ServicesDependedOn").items())
                .extracting(PsValue::asString)
                .containsExactly("RPCSS", "HTTP");
        assertThat(service.property("RequiredServices")).isSameAs(service.property("ServicesDependedOn"));
    }
}
