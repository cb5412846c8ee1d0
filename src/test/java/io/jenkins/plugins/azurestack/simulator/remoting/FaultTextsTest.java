package io.jenkins.plugins.azurestack.simulator.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.powershell.psrp.Message;
import io.jenkins.plugins.azurestack.powershell.psrp.MessageType;
import io.jenkins.plugins.azurestack.simulator.remoting.RawClient.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Every fault that an operation can meet, with Windows' code and words, for a client that writes by hand. */
public class FaultTextsTest {
    private static final String TERMINATE = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/signal/Terminate";
    private static final String UNEXPECTED_SELECTORS =
            "The WS-Management service cannot process the request because the"
                    + " request contained invalid selectors for the resource. ";

    @Rule
    public final Timeout limit = Timeout.seconds(60);

    private RunningEndpoint server;
    private RawClient client;

    @Before
    public void listen() throws Exception {
        listen(Limits.WINDOWS);
    }

    private void listen(final Limits limits) throws Exception {
        if (server != null) {
            server.close();
        }
        server = new RunningEndpoint(limits);
        client = new RawClient(server);
    }

    @After
    public void stopListening() throws Exception {
        server.close();
    }

    private static void assertFault(final Answer answer, final long code, final String subcode, final String message) {
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text())
                .contains("<a:Action>http://schemas.dmtf.org/wbem/wsman/1/wsman/fault</a:Action>")
                .contains("<s:Subcode><s:Value>" + subcode + "</s:Value></s:Subcode>")
                .contains("<f:Message>")
                .contains(message)
                .contains("Machine=\"" + RunningEndpoint.ADDRESS + "\"");
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    public void aReceiveThatHasNothingToSayTimesOut() throws Exception {
        client.open();
        client.timeout = "PT0.500S";

        assertFault(
                client.receive(null),
                2150858793L,
                "w:TimedOut",
                "The WS-Management service cannot complete the operation within the time specified in OperationTimeout."
                        + "  ");
    }

    @Test
    public void aShellThatIsNotThere() throws Exception {
        final Answer answer = client.receive(null);

        assertFault(answer, 2150858843L, "w:InvalidSelectors", UNEXPECTED_SELECTORS);
        assertThat(answer.text())
                .contains("http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/UnexpectedSelectors")
                .contains("<f:ProviderFault provider=\"Shell provider\" path=\"%systemroot%\\system32\\WsmSvc.dll\">");
    }

    @Test
    public void aCommandThatIsNotThere() throws Exception {
        client.open();

        assertFault(
                client.receive(UUID.randomUUID()),
                2150858843L,
                "w:InvalidSelectors",
                "The Windows Remote Shell received a request to perform an operation on a command identifier that does"
                        + " not exist. Either the command has completed execution or the client specified an invalid"
                        + " command identifier. ");
    }

    @Test
    public void aCommandThatWasReleased() throws Exception {
        client.open();
        final UUID command = UUID.randomUUID();
        client.command(command, "Get-Number", "");
        assertThat(client.signal(command, TERMINATE).status()).isEqualTo(200);

        assertThat(client.receive(command).code()).isEqualTo(2150858843L);
    }

    @Test
    public void aShellThatWasDeleted() throws Exception {
        client.open();
        assertThat(client.transfer("Delete").status()).isEqualTo(200);

        assertThat(client.transfer("Get").code()).isEqualTo(2150858843L);
    }

    @Test
    public void aConfigurationThatIsNotThere() throws Exception {
        client.resource = "http://schemas.microsoft.com/powershell/Nonsense";

        assertFault(
                client.create(),
                2150858811L,
                "a:DestinationUnreachable",
                "The resource URI is missing or it has an incorrect format.");
    }

    @Test
    public void aUserWithoutARole() throws Exception {
        final RawClient other = new RawClient(server, TestAccounts.OTHER, UUID.randomUUID());

        assertFault(other.create(), 5, "w:AccessDenied", "Access is denied. ");
    }

    @Test
    public void somebodyElsesShell() throws Exception {
        client.open();
        final RawClient other = new RawClient(server, TestAccounts.OTHER, client.shell);

        assertFault(other.receive(null), 5, "w:AccessDenied", "Access is denied. ");
    }

    @Test
    public void oneShellTooMany() throws Exception {
        listen(Limits.WINDOWS.withShellsPerUser(2));
        client.create();
        new RawClient(server).create();

        assertFault(
                new RawClient(server).create(),
                2150859173L,
                "w:QuotaLimit",
                "This user is allowed a maximum number of 2 concurrent shells, which has been exceeded. Close existing"
                        + " shells or raise the quota for this user. ");
        client.transfer("Delete");
        assertThat(new RawClient(server).create().status()).isEqualTo(200);
    }

    @Test
    public void oneCommandTooManyUntilOneIsReleased() throws Exception {
        listen(Limits.WINDOWS.withCommandsPerShell(1));
        client.open();
        final UUID first = UUID.randomUUID();
        client.command(first, "Get-Number", "");

        assertFault(
                client.command(UUID.randomUUID(), "Get-Number", ""),
                2150859241L,
                "w:InternalError",
                "The maximum number of concurrent commands per shell has been exceeded.");
        client.signal(first, TERMINATE);
        assertThat(client.command(UUID.randomUUID(), "Get-Number", "").status()).isEqualTo(200);
    }

    @Test
    public void anEnvelopeThatIsTooLarge() throws Exception {
        listen(Limits.WINDOWS.withEnvelopeBytes(20_000));
        client.furtherHeaders = "<!-- " + "x".repeat(20_000) + " -->";

        assertFault(
                client.create(),
                2150858805L,
                "w:EncodingLimit",
                "the encoding of the request exceeds an internal encoding limit.");
    }

    @Test
    public void anAnswerThatIsTooLargeForItsClient() throws Exception {
        client.open();
        final UUID command = UUID.randomUUID();
        client.command(command, "Get-Large", RawClient.argument("Length", "<I32 N=\"V\">30000</I32>"));
        client.maxEnvelopeSize = 8192;

        assertFault(
                client.receive(command),
                2150858824L,
                "w:EncodingLimit",
                "exceeds the maximum envelope size in the request.");
    }

    @Test
    public void whatIsNoXml() throws Exception {
        assertFault(client.post("hello"), 2150858819L, "w:SchemaValidationError", "the XML is invalid. ");
        assertFault(client.post("<a><b></a>"), 2150858819L, "w:SchemaValidationError", "the XML is invalid. ");
    }

    @Test
    public void aDocumentType() throws Exception {
        assertFault(
                client.post("<!DOCTYPE s [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
                        + client.envelope("http://schemas.xmlsoap.org/ws/2004/09/transfer/Get", "", "&x;")),
                2150858819L,
                "w:SchemaValidationError",
                "the XML is invalid. ");
    }

    @Test
    public void elementsThatAreNestedTooDeep() throws Exception {
        assertThat(client.post("<a>".repeat(10_000) + "</a>".repeat(10_000)).code())
                .isEqualTo(2150858819L);
    }

    @Test
    public void aHeaderThatIsNotUnderstood() throws Exception {
        client.furtherHeaders = "<x:Wanted xmlns:x=\"urn:x\" s:mustUnderstand=\"true\">please</x:Wanted>";
        final Answer answer = client.create();

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo(2150858768L);
        assertThat(answer.text())
                .contains("<s:Value>s:MustUnderstand</s:Value>")
                .contains("NotUnderstood qname=\"x:Wanted\"")
                .contains(
                        "cannot process a SOAP header in the request that is marked as mustUnderstand by the client.");
    }

    @Test
    public void anEnvelopeWithoutItsHeaders() throws Exception {
        assertFault(
                client.post("<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header/><s:Body/>"
                        + "</s:Envelope>"),
                2150858769L,
                "a:MessageInformationHeaderRequired",
                "The request does not have all the expected SOAP headers. ");
    }

    @Test
    public void aTimeoutThatIsNone() throws Exception {
        client.timeout = "PT-1S";

        assertFault(
                client.create(),
                2150858767L,
                "a:InvalidMessageInformationHeader",
                "The XML contains an invalid timeout field in the SOAP header: PT-1S. ");
    }

    @Test
    public void anActionThatIsNone() throws Exception {
        assertFault(
                client.transfer("Put"),
                2150858771L,
                "a:ActionNotSupported",
                "The WS-Management service does not support the action specified in the request. ");
        assertThat(client.operate("Dance", "").code()).isEqualTo(2150858771L);
    }

    @Test
    public void aSelectorThatIsMissing() throws Exception {
        assertFault(
                client.post(client.envelope("http://schemas.xmlsoap.org/ws/2004/09/transfer/Delete", "", "")),
                2150858842L,
                "w:InvalidSelectors",
                "the request did not contain all required selectors. ");
    }

    @Test
    public void aBodyThatBelongsToAnotherAction() throws Exception {
        client.open();

        assertFault(
                client.operate("Receive", "<rsp:Send/>"),
                2150858817L,
                "w:SchemaValidationError",
                "The SOAP XML in the message does not match the corresponding XML schema definition.");
    }

    @Test
    public void aProtocolVersionThatIsNotSpoken() throws Exception {
        assertFault(
                client.post(client.envelope(
                        "http://schemas.xmlsoap.org/ws/2004/09/transfer/Create",
                        RawClient.PROTOCOL.replace("2.3", "3.0"),
                        client.shellBody(RawClient.text(client.shell), "2.3", ""))),
                2150858809L,
                "w:InvalidOptions",
                "one or more options are not valid.");
    }

    @Test
    public void aPoolWhoseClientSpeaksAnotherVersionBreaks() throws Exception {
        client.create("3.0", "");
        final List<Message> messages = client.messages(client.receive(null));

        assertThat(messages).singleElement().satisfies(message -> {
            assertThat(message.type()).contains(MessageType.RUNSPACEPOOL_STATE);
            assertThat(new String(message.payload(), StandardCharsets.UTF_8))
                    .contains("<I32 N=\"RunspaceState\">5</I32>")
                    .contains("PSRemotingDataStructureException");
        });
    }

    @Test
    public void idsThatAreNoGuidsOrAreTaken() throws Exception {
        assertThat(client.post(client.envelope(
                                "http://schemas.xmlsoap.org/ws/2004/09/transfer/Create",
                                RawClient.PROTOCOL,
                                client.shellBody("my shell", "2.3", "")))
                        .code())
                .isEqualTo(2150859221L);
        client.open();
        assertThat(client.create().code()).isEqualTo(2150859223L);
        final UUID command = UUID.randomUUID();
        client.command(command, "Get-Number", "");
        assertThat(client.command(command, "Get-Number", "").code()).isEqualTo(2150859222L);
        assertThat(client.operate(
                                "Command",
                                "<rsp:CommandLine CommandId=\"mine\"><rsp:Command/><rsp:Arguments/></rsp:CommandLine>")
                        .code())
                .isEqualTo(2150859220L);
    }

    @Test
    public void bytesThatAreNoMessage() throws Exception {
        client.open();

        assertFault(
                client.operate("Send", "<rsp:Send><rsp:Stream Name=\"stdin\">AAAA</rsp:Stream></rsp:Send>"),
                87,
                "w:InvalidParameter",
                "The parameter is incorrect. ");
    }

    @Test
    public void twoReceivesForTheSameOutput() throws Exception {
        client.open();
        final CompletableFuture<Answer> first = awaited();

        assertFault(client.receive(null), 2150858802L, "w:Concurrency", "the resource was already in use. ");
        client.transfer("Delete");
        assertThat(first.join().code()).isEqualTo(995);
    }

    private static Answer receive(final RawClient client) {
        try {
            return client.receive(null);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    public void aReceiveEndsWhenTheShellIsDisconnectedOrDeleted() throws Exception {
        client.open();
        final CompletableFuture<Answer> waiting = awaited();
        client.operate("Disconnect", "<rsp:Disconnect/>");
        assertThat(waiting.join().code()).isEqualTo(2150859230L);

        client.operate("Reconnect", "");
        final CompletableFuture<Answer> again = awaited();
        client.transfer("Delete");
        assertThat(again.join().code()).isEqualTo(995);
    }

    /** A Receive that is known to wait. */
    private CompletableFuture<Answer> awaited() {
        final CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> receive(client));
        while (!server.endpoint.isAwaited(client.shell)) {
            Thread.onSpinWait();
        }
        return waiting;
    }

    @Test
    public void aDisconnectedShellTakesNothingButItsClientBack() throws Exception {
        client.open();
        assertThat(client.operate("Disconnect", "<rsp:Disconnect/>").status()).isEqualTo(200);

        assertFault(
                client.receive(null),
                2150859204L,
                "w:InternalError",
                "the WinRS shell instance is currently disconnected. ");
        assertThat(client.operate("Disconnect", "<rsp:Disconnect/>").code()).isEqualTo(2150859215L);
        assertThat(client.operate("Reconnect", "").status()).isEqualTo(200);
        assertThat(client.command(UUID.randomUUID(), "Get-Number", "").status()).isEqualTo(200);
    }

    @Test
    public void anotherSessionMayNotReconnectNorConnectToAConnectedShell() throws Exception {
        client.open();
        final RawClient other = new RawClient(server, TestAccounts.USER, client.shell);

        assertThat(other.operate("Reconnect", "").code()).isEqualTo(2150859206L);
        assertThat(other.operate("Disconnect", "<rsp:Disconnect/>").code()).isEqualTo(2150859206L);
        assertFault(
                other.connect(),
                2150859213L,
                "w:InternalError",
                "The WinRS shell instance is currently connected to a different client. ");
    }

    @Test
    public void aShellThatIdlesForTooLongIsGone() throws Exception {
        client.create("2.3", "<rsp:IdleTimeOut>PT600S</rsp:IdleTimeOut>");
        server.time.advance(Duration.ofMinutes(9));
        assertThat(client.receive(null).status()).isEqualTo(200);
        server.time.advance(Duration.ofMinutes(11));

        assertThat(client.receive(null).code()).isEqualTo(2150858843L);
    }
}
