package io.jenkins.plugins.azurestack.powershell.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.azurestack.powershell.ntlm.AuthenticateMessage;
import io.jenkins.plugins.azurestack.powershell.ntlm.ChallengeMessage;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmSession;
import io.jenkins.plugins.azurestack.powershell.ntlm.TargetInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;

/**
 * A server for measurements of clients, with as little work of its own as can be: NTLM logon, then one sealed answer
 * after the other. Asked for {@code /blind} it seals its answers ahead of time and does not open
 * requests at all; otherwise it opens each and names it in its answer. A program of its own, whose first line of output
 * is its port.
 */
final class LeanEndpoint {

    static final String USER = "AzureStack\\CloudAdmin";
    static final String PASSWORD = "Pa55-word";

    private static final int FLAGS = 0xE288_8235;
    private static final int AHEAD = 2048;
    private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(ISO_8859_1);
    private static final byte[] MESSAGE_ID = ">uuid:".getBytes(ISO_8859_1);

    private final InputStream in;
    private final OutputStream out;
    private final Deque<byte[]> ready = new ArrayDeque<>();
    private byte[] buffer = new byte[1 << 20];
    private int filled;
    private NtlmSession session;

    private LeanEndpoint(final Socket socket) throws IOException {
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    public static void main(final String[] arguments) throws IOException {
        final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        System.out.println(server.getLocalPort());
        while (true) {
            final Socket socket = server.accept();
            socket.setTcpNoDelay(true);
            new Thread(() -> serve(socket)).start();
        }
    }

    private static void serve(final Socket socket) {
        try (socket) {
            new LeanEndpoint(socket).run();
        } catch (IOException e) {
            // The client has gone.
            return;
        }
    }

    private void run() throws IOException {
        byte[] negotiate = null;
        byte[] challenge = null;
        boolean blind = false;
        while (true) {
            final int head = head();
            if (head < 0) {
                return;
            }
            if (session == null) {
                final String text = new String(buffer, 0, head, ISO_8859_1);
                blind = text.startsWith("POST /blind ");
                final String token = text.contains("Negotiate ")
                        ? text.split("Negotiate ")[1].split("\r")[0]
                        : "";
                take(head, length(head));
                if (token.isEmpty()) {
                    write("401 \r\nWWW-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n");
                } else if (Base64.getDecoder().decode(token)[8] == 1) {
                    negotiate = Base64.getDecoder().decode(token);
                    challenge = challenge();
                    write("401 \r\nWWW-Authenticate: Negotiate "
                            + Base64.getEncoder().encodeToString(challenge) + "\r\nContent-Length: 0\r\n\r\n");
                } else {
                    session = AuthenticateMessage.parse(Base64.getDecoder().decode(token))
                            .verify(PASSWORD.toCharArray(), negotiate, challenge)
                            .orElseThrow(() -> new IOException("wrong password"));
                    write("200 \r\nContent-Length: 0\r\n\r\n");
                }
            } else if (blind) {
                take(head, length(head));
                out.write(ready.isEmpty() ? prepared() : ready.poll());
            } else {
                out.write(answer(take(head, length(head))));
            }
        }
    }

    private static byte[] challenge() {
        return ChallengeMessage.write(
                FLAGS,
                new byte[] {8, 7, 6, 5, 4, 3, 2, 1},
                TargetInfo.empty()
                        .with(TargetInfo.NB_COMPUTER_NAME, "ERCS01".getBytes(UTF_8))
                        .with(TargetInfo.TIMESTAMP, TargetInfo.fileTime(Instant.now())));
    }

    private void write(final String answer) throws IOException {
        out.write(("HTTP/1.1 " + answer).getBytes(ISO_8859_1));
    }

    /** Seals as many answers as come next, and takes the first. */
    private byte[] prepared() {
        for (int i = 0; i < AHEAD; i++) {
            ready.add(sealed("uuid:00000000-0000-0000-0000-000000000000"));
        }
        return ready.poll();
    }

    private byte[] answer(final byte[] body) throws IOException {
        final byte[] envelope = SealedBody.read(session, body);
        final int at = find(envelope, 0, envelope.length, MESSAGE_ID);
        return sealed(new String(envelope, at + 1, 41, ISO_8859_1));
    }

    private byte[] sealed(final String messageId) {
        final byte[] body =
                SealedBody.write(session, Replies.envelope(messageId, "").getBytes(UTF_8));
        final byte[] head = ("HTTP/1.1 200 \r\nContent-Type: " + SealedBody.CONTENT_TYPE + "\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(ISO_8859_1);
        final byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    /** Reads until the buffer holds a whole head; its length with the empty line, -1 at the end. */
    private int head() throws IOException {
        while (true) {
            final int end = find(buffer, 0, filled, new byte[] {'\r', '\n', '\r', '\n'});
            if (end >= 0) {
                return end + 4;
            }
            if (!more()) {
                return -1;
            }
        }
    }

    private boolean more() throws IOException {
        final int count = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(0, count);
        return count > 0;
    }

    private int length(final int head) {
        int at = find(buffer, 0, head, LENGTH);
        if (at < 0) {
            return 0;
        }
        int length = 0;
        for (at += LENGTH.length; buffer[at] != '\r'; at++) {
            length = buffer[at] == ' ' ? length : length * 10 + buffer[at] - '0';
        }
        return length;
    }

    /** Takes a request out of the buffer; its body. */
    private byte[] take(final int head, final int length) throws IOException {
        if (head + length > buffer.length) {
            buffer = Arrays.copyOf(buffer, head + length);
        }
        while (filled < head + length) {
            if (!more()) {
                throw new IOException("cut off");
            }
        }
        final byte[] body = blindly(length) ? new byte[0] : Arrays.copyOfRange(buffer, head, head + length);
        System.arraycopy(buffer, head + length, buffer, 0, filled - head - length);
        filled -= head + length;
        return body;
    }

    private boolean blindly(final int length) {
        return length == 0 || !ready.isEmpty();
    }

    /** Letters of what is sought are lower case and found in either. */
    private static int find(final byte[] in, final int from, final int to, final byte[] sought) {
        for (int i = from; i <= to - sought.length; i++) {
            int same = 0;
            while (same < sought.length && lower(in[i + same]) == sought[same]) {
                same++;
            }
            if (same == sought.length) {
                return i;
            }
        }
        return -1;
    }

    private static int lower(final byte character) {
        return character >= 'A' && character <= 'Z' ? character + 32 : character;
    }
}
