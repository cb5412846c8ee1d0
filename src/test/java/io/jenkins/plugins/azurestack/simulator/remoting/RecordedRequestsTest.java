package io.jenkins.plugins.azurestack.simulator.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlReader;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.psrp.Defragmenter;
import io.jenkins.plugins.azurestack.powershell.psrp.Message;
import io.jenkins.plugins.azurestack.powershell.psrp.MessageType;
import io.jenkins.plugins.azurestack.simulator.remoting.Cmdlet.Parameter;
import io.jenkins.plugins.azurestack.simulator.remoting.RawClient.Answer;
import io.jenkins.plugins.azurestack.simulator.remoting.Recording.Exchange;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * The requests of the recordings, word for word, put to the simulated endpoint: its answers have the elements, messages
 * and objects of those that a real Windows gave. Where a recording runs scripts this endpoint refuses them, as it has no
 * language: those pipelines are compared by how they end only.
 */
public class RecordedRequestsTest {
    private static final Pattern ELEMENT = Pattern.compile("<((?:\\w+:)?\\w+)[ />]");
    private static final Pattern MESSAGE_ID = Pattern.compile("MessageID>[^<]*<");

    private static final Pattern SHELL_ID = Pattern.compile("Selector Name=\"ShellId\">([^<]*)<");
    private static final Pattern COMMAND_ID = Pattern.compile("CommandId>([^<]*)<");

    @Rule
    public final Timeout limit = Timeout.seconds(120);

    private RunningEndpoint server;
    private RawClient client;

    @Before
    public void listen() throws Exception {
        assumeTrue(Recording.ABSENT, Recording.folder().isPresent());
        server = new RunningEndpoint(
                Limits.WINDOWS,
                new SessionConfiguration("JEARole", List.of(new GetItem())),
                new SessionConfiguration("Microsoft.PowerShell", List.of(new GetItem())));
        client = new RawClient(server);
    }

    @After
    public void stopListening() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    /** Fails for folders, as in the recording, where the session has no file system. */
    private static final class GetItem implements Cmdlet {
        @Override
        public String name() {
            return "Get-Item";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(Parameter.value("Path", "System.String[]").at(0));
        }

        @Override
        public void run(final Invocation invocation, final Streams streams) throws InterruptedException {
            if (!invocation.text("Path").orElseThrow().startsWith("C:")) {
                streams.output(PsPrimitive.of("an item"));
                return;
            }
            streams.error(new TerminatingError(
                    "Cannot find a provider with the name 'FileSystem'.",
                    "System.Management.Automation.ProviderNotFoundException",
                    "ProviderNotFound,Microsoft.PowerShell.Commands.GetItemCommand",
                    13,
                    "Get-Item",
                    "FileSystem",
                    "String"));
        }
    }

    @Test
    public void openRunspace() throws Exception {
        replay("open_runspace");
    }

    @Test
    public void disconnectRunspaces() throws Exception {
        replay("disconnect_runspaces");
    }

    @Test
    public void receiveFailure() throws Exception {
        replay("receive_failure");
    }

    /** What follows the exchange is encrypted under the key of the recording. */
    @Test
    public void aKeyExchange() throws Exception {
        final List<Message> recorded = new ArrayList<>();
        final List<Message> ours = new ArrayList<>();
        replay("multiple_commands", 5, recorded, ours);

        assertThat(types(ours)).isEqualTo(types(recorded)).endsWith(MessageType.ENCRYPTED_SESSION_KEY);
        for (int i = 0; i < ours.size(); i++) {
            assertSameShape(ours.get(i), recorded.get(i));
        }
        assertThat(key(ours)).hasSameSizeAs(key(recorded)).startsWith(1, 2, 0, 0, 0x10, 0x66, 0, 0, 0, 0xA4, 0, 0);
    }

    private static byte[] key(final List<Message> messages) throws Exception {
        return Base64.getDecoder()
                .decode(new CliXmlReader()
                        .read(messages.get(messages.size() - 1).payload())
                        .property("EncryptedSessionKey")
                        .asString());
    }

    @Test
    public void multipleInvocations() throws Exception {
        replay("multiple_invocations");
    }

    @Test
    public void aScriptThatFails() throws Exception {
        replay("error_failed");
    }

    @Test
    public void aPipelineWithInput() throws Exception {
        replay("with_input");
    }

    @Test
    public void everyProtocolVersion() throws Exception {
        replay("run_protocol_version_2.1");
        replay("run_protocol_version_2.2");
        replay("run_protocol_version_2.3");
    }

    @Test
    public void aConstrainedConfiguration() throws Exception {
        final List<Message> recorded = new ArrayList<>();
        final List<Message> ours = new ArrayList<>();
        replay("with_jea_configuration", Integer.MAX_VALUE, recorded, ours);

        assertThat(types(ours)).isEqualTo(types(recorded));
        for (int i = 0; i < ours.size(); i++) {
            if (ours.get(i).type().orElseThrow() != MessageType.PIPELINE_OUTPUT) {
                assertSameShape(ours.get(i), recorded.get(i));
            }
        }
        final PsValue error = error(ours);
        final PsValue windows = error(recorded);
        for (final String property : List.of(
                "FullyQualifiedErrorId",
                "ErrorCategory_Category",
                "ErrorCategory_Activity",
                "ErrorCategory_Reason",
                "ErrorCategory_TargetName",
                "ErrorCategory_TargetType",
                "ErrorCategory_Message",
                "TargetObject",
                "SerializeExtendedInfo")) {
            assertThat(error.property(property).asString())
                    .as(property)
                    .isEqualTo(windows.property(property).asString());
        }
        assertThat(error.asString()).isEqualTo(windows.asString());
        assertThat(error.property("Exception").property("Message").asString())
                .isEqualTo(windows.property("Exception").property("Message").asString());
        assertThat(((PsObject) error.property("Exception")).typeNames())
                .isEqualTo(((PsObject) windows.property("Exception")).typeNames());
    }

    @Test
    public void theRecordsOfEveryStream() throws Exception {
        final List<Message> recorded = new ArrayList<>();
        final Defragmenter fragments = new Defragmenter();
        for (final Exchange exchange : Recording.of("stream_output_invocation").exchanges()) {
            recorded.addAll(Recording.messages(fragments, exchange.answer()));
        }
        final RawClient own = new RawClient(server);
        own.resource = RawClient.CONFIGURATION;
        own.open();
        final UUID command = UUID.randomUUID();
        own.command(command, "Write-Everything", "", 15);
        final List<Message> ours = new ArrayList<>();
        Answer answer;
        do {
            answer = own.receive(command);
            ours.addAll(own.messages(answer));
        } while (!answer.text().contains("CommandState/Done"));

        for (final MessageType type : List.of(
                MessageType.ERROR_RECORD,
                MessageType.WARNING_RECORD,
                MessageType.VERBOSE_RECORD,
                MessageType.DEBUG_RECORD,
                MessageType.INFORMATION_RECORD,
                MessageType.PROGRESS_RECORD,
                MessageType.PIPELINE_STATE)) {
            assertSameShape(only(ours, type), only(recorded, type));
        }
    }

    private static Message only(final List<Message> messages, final MessageType type) {
        return messages.stream()
                .filter(message -> message.type().orElseThrow() == type)
                .findFirst()
                .orElseThrow();
    }

    private static PsValue error(final List<Message> messages) throws Exception {
        return new CliXmlReader()
                .read(messages.get(messages.size() - 1).payload())
                .property("ExceptionAsErrorRecord");
    }

    private static List<MessageType> types(final List<Message> messages) {
        return messages.stream().map(message -> message.type().orElseThrow()).toList();
    }

    /** Same type names, same properties in the same order. */
    private static void assertSameShape(final Message ours, final Message recorded) throws Exception {
        assertThat(shape(new CliXmlReader().read(ours.payload())))
                .as(ours.type().orElseThrow().toString())
                .isEqualTo(shape(new CliXmlReader().read(recorded.payload())));
    }

    private static String shape(final PsValue value) {
        if (!(value instanceof PsObject object)) {
            return value.primitive().map(primitive -> primitive.type().tag()).orElse("Nil");
        }
        // Only what a script wrote has a script's stack.
        final List<String> properties = object.extended().keySet().stream()
                .filter(property -> !property.equals("ErrorDetails_ScriptStackTrace"))
                .toList();
        return object.typeNames() + " " + properties;
    }

    private void replay(final String name) throws Exception {
        replay(name, Integer.MAX_VALUE, new ArrayList<>(), new ArrayList<>());
    }

    private void replay(final String name, final int steps, final List<Message> recorded, final List<Message> ours)
            throws Exception {
        final Defragmenter theirFragments = new Defragmenter();
        final Defragmenter ourFragments = new Defragmenter();
        final Map<String, String> ids = new HashMap<>();
        int step = 0;
        for (final Exchange exchange :
                Recording.of(name).exchanges().stream().limit(steps).toList()) {
            final String where = name + " step " + step++ + " " + exchange.action();
            final String request = withOurIds(exchange.request(), ids);
            final Answer answer = client.post(request);
            assertThat(answer.status()).as(where + ": " + answer.text()).isEqualTo(exchange.status());
            assertThat(related(answer.text())).as(where).isEqualTo(related(exchange.request()));
            final List<Message> expected = Recording.messages(theirFragments, exchange.answer());
            if (exchange.status() != 200) {
                assertThat(answer.code()).as(where).isEqualTo(new Answer(0, exchange.answer()).code());
                assertThat(elements(answer.text())).as(where).isEqualTo(elements(exchange.answer()));
                continue;
            }
            noteId(SHELL_ID, exchange.answer(), answer.text(), ids);
            noteId(COMMAND_ID, exchange.answer(), answer.text(), ids);
            if (exchange.action().equals("Create")) {
                // One of the recorded servers does not describe the shell that it made.
                assertThat(elements(answer.text())).as(where).containsAll(elements(exchange.answer()));
                continue;
            }
            if (!exchange.action().equals("Receive")) {
                assertThat(elements(answer.text())).as(where).isEqualTo(elements(exchange.answer()));
                continue;
            }
            recorded.addAll(expected);
            final List<Message> got = new ArrayList<>(Recording.messages(ourFragments, answer.text()));
            final boolean ends = exchange.answer().contains("CommandState/Done");
            Answer last = answer;
            while (ends ? !last.text().contains("CommandState/Done") : got.size() < expected.size()) {
                last = client.post(again(request));
                assertThat(last.status()).as(where + ": " + last.text()).isEqualTo(200);
                got.addAll(Recording.messages(ourFragments, last.text()));
            }
            ours.addAll(got);
            assertThat(elements(last.text())).as(where).isEqualTo(elements(exchange.answer()));
            if (ends) {
                assertThat(got.get(got.size() - 1).type()).as(where).contains(MessageType.PIPELINE_STATE);
            }
        }
    }

    /** Old servers choose ids themselves, whatever the client proposes. */
    private static void noteId(
            final Pattern id, final String recorded, final String ours, final Map<String, String> ids) {
        final Matcher theirId = id.matcher(recorded);
        final Matcher ourId = id.matcher(ours);
        if (theirId.find() && ourId.find()) {
            ids.put(theirId.group(1), ourId.group(1));
        }
    }

    private static String withOurIds(final String request, final Map<String, String> ids) {
        String rewritten = request;
        for (final Map.Entry<String, String> id : ids.entrySet()) {
            rewritten = rewritten.replace(id.getKey(), id.getValue());
        }
        return rewritten;
    }

    /** The same request once more, as another message. */
    private static String again(final String request) {
        return MESSAGE_ID.matcher(request).replaceFirst("MessageID>uuid:" + UUID.randomUUID() + "<");
    }

    private static String related(final String envelope) {
        final Matcher matcher = Pattern.compile("(?:RelatesTo|MessageID)>([^<]*)<")
                .matcher(envelope.replaceAll("<a:MessageID.*?</a:MessageID>", ""));
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The names of an envelope's elements; an optional activity id does not count. */
    private static TreeSet<String> elements(final String envelope) {
        final TreeSet<String> elements = new TreeSet<>();
        final Matcher matcher = ELEMENT.matcher(envelope);
        while (matcher.find()) {
            if (!matcher.group(1).equals("p:ActivityId")) {
                elements.add(matcher.group(1));
            }
        }
        return elements;
    }
}
