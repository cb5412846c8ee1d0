package io.jenkins.plugins.azurestack.simulator.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmClient;
import io.jenkins.plugins.azurestack.simulator.world.Ledger.Call;
import io.jenkins.plugins.azurestack.simulator.world.Ledger.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** On plain HTTP nothing is done that was not sealed, and sealed by who logged on, in the order in which it was sealed. */
public class NothingInClearTest {
    private static final String SOAP = "application/soap+xml;charset=UTF-8";
    private static final String IDENTIFY = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header/>"
            + "<s:Body><i:Identify xmlns:i=\"http://schemas.dmtf.org/wbem/wsman/identify/1/wsmanidentity.xsd\"/>"
            + "</s:Body></s:Envelope>";

    @Rule
    public final Timeout limit = Timeout.seconds(60);

    private RunningEndpoint server;
    private Socket socket;
    private NtlmClient ntlm;

    @Before
    public void listen() throws Exception {
        server = new RunningEndpoint();
        socket = new Socket(InetAddress.getLoopbackAddress(), server.httpPort());
    }

    @After
    public void stopListening() throws Exception {
        socket.close();
        server.close();
    }

    /** Status line, headers and body of the answer to a request on the one connection. */
    private String post(final String path, final String headers, final byte[] body) throws IOException {
        final ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "Content-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        socket.getOutputStream().write(request.toByteArray());
        final InputStream in = socket.getInputStream();
        final StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            final int next = in.read();
            if (next < 0) {
                return head + "(closed)";
            }
            head.append((char) next);
        }
        final Matcher length = Pattern.compile("(?i)Content-Length: (\\d+)").matcher(head);
        return head
                + (length.find()
                        ? new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.ISO_8859_1)
                        : "");
    }

    private void logOn() throws Exception {
        try (PasswordCredentials user = RunningEndpoint.user()) {
            ntlm = new NtlmClient(user, "HTTP/localhost", new byte[16], Clock.systemUTC(), new SecureRandom());
            final String challenge = post("/wsman", negotiate(ntlm.negotiate()), new byte[0]);
            final Matcher token = Pattern.compile("Negotiate (\\S+)").matcher(challenge);
            assertThat(token.find()).as(challenge).isTrue();
            final byte[] answer = ntlm.authenticate(Base64.getDecoder().decode(token.group(1)));
            assertThat(post("/wsman", negotiate(answer), new byte[0])).startsWith("HTTP/1.1 200");
        }
    }

    private static String negotiate(final byte[] token) {
        return "Authorization: Negotiate " + Base64.getEncoder().encodeToString(token) + "\r\n";
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] sealed() {
        return SealedParts.seal(ntlm.session(), bytes(IDENTIFY));
    }

    @Test
    public void whatIsSealedIsAnsweredSealed() throws Exception {
        logOn();
        final String answer = post("/wsman", "Content-Type: " + SealedParts.CONTENT_TYPE + "\r\n", sealed());

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("Content-Type: " + SealedParts.CONTENT_TYPE)
                .doesNotContain("Microsoft Corporation");
    }

    @Test
    public void whatIsNotSealedIsRefused() throws Exception {
        logOn();

        assertThat(post("/wsman", "Content-Type: " + SOAP + "\r\n", bytes(IDENTIFY)))
                .startsWith("HTTP/1.1 401")
                .doesNotContain("Microsoft Corporation");
        assertThat(server.ledger.calls(Service.WSMAN, "Unsealed"))
                .extracting(Call::outcome)
                .containsExactly("refused");
    }

    @Test
    public void whatWasAlteredOnItsWayIsNotDone() throws Exception {
        logOn();
        final byte[] body = sealed();
        body[body.length - 40] ^= 1;

        assertThat(post("/wsman", "Content-Type: " + SealedParts.CONTENT_TYPE + "\r\n", body))
                .startsWith("HTTP/1.1 400");
        assertThat(server.ledger.calls(Service.WSMAN, "Sealed"))
                .extracting(Call::outcome)
                .containsExactly("unreadable");
        assertThat(server.ledger.calls(Service.WSMAN, "Identify")).isEmpty();
    }

    @Test
    public void whatIsSentOnceMoreIsNotDoneOnceMore() throws Exception {
        logOn();
        final byte[] body = sealed();
        final String headers = "Content-Type: " + SealedParts.CONTENT_TYPE + "\r\n";
        assertThat(post("/wsman", headers, body)).startsWith("HTTP/1.1 200");

        assertThat(post("/wsman", headers, body)).startsWith("HTTP/1.1 400");
        assertThat(server.ledger.calls(Service.WSMAN, "Identify")).hasSize(1);
    }

    @Test
    public void aLogonCountsForItsOwnConnectionOnly() throws Exception {
        logOn();
        final byte[] body = sealed();
        socket.close();
        socket = new Socket(InetAddress.getLoopbackAddress(), server.httpPort());

        assertThat(post("/wsman", "Content-Type: " + SealedParts.CONTENT_TYPE + "\r\n", body))
                .startsWith("HTTP/1.1 401");
    }

    @Test
    public void anAnswerToAnotherChallengeIsNoLogon() throws Exception {
        try (PasswordCredentials user = RunningEndpoint.user()) {
            ntlm = new NtlmClient(user, "HTTP/localhost", new byte[16], Clock.systemUTC(), new SecureRandom());
            final Matcher token = Pattern.compile("Negotiate (\\S+)")
                    .matcher(post("/wsman", negotiate(ntlm.negotiate()), new byte[0]));
            assertThat(token.find()).isTrue();
            final byte[] answer = ntlm.authenticate(Base64.getDecoder().decode(token.group(1)));
            post("/wsman", negotiate(ntlm.negotiate()), new byte[0]);

            assertThat(post("/wsman", negotiate(answer), new byte[0])).startsWith("HTTP/1.1 401");
            assertThat(post("/wsman", negotiate(answer), new byte[0]))
                    .as("the challenge is used up")
                    .startsWith("HTTP/1.1 401");
        }
        assertThat(server.ledger.calls(Service.WSMAN, "Logon"))
                .extracting(Call::outcome)
                .containsExactly("wrong-password");
    }

    @Test
    public void tokensThatAreNoneAreRefused() throws Exception {
        for (final String token : new String[] {"", "!", "AAAA", "TlRMTVNTUAABAAAA", "YIIBAAYGKwYBBQUC"}) {
            assertThat(post("/wsman", "Authorization: Negotiate " + token + "\r\n", new byte[0]))
                    .as(token)
                    .startsWith("HTTP/1.1 401");
        }
    }

    @Test
    public void thereIsNothingElseOnThePort() throws Exception {
        assertThat(post("/", "", new byte[0])).startsWith("HTTP/1.1 404");
        socket.close();
        socket = new Socket(InetAddress.getLoopbackAddress(), server.httpPort());
        socket.getOutputStream()
                .write("GET /wsman HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                .startsWith("HTTP/1.1 405");
    }
}
