package io.jenkins.plugins.azurestack.powershell.wsman;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.ntlm.ChannelBinding;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmClient;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmException;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.hc.core5.http.HttpException;

/** Authenticates a fresh connection. */
interface Logon {

    /**
     * @param limit of each wait for bytes
     * @return what protects the messages of this connection from now on
     */
    Protection logOn(HttpConnection connection, Duration limit) throws WsManException, IOException, HttpException;

    /** Whether a 401 may mean that the connection was logged on once and is not any more. */
    boolean boundToConnection();

    /** The exception for credentials that were refused. */
    static LogonRefusedException refused(
            final String userName,
            final WsManEndpoint endpoint,
            final Optional<Instant> serverTime,
            final Clock clock) {
        final Instant now = clock.instant();
        final Duration apart =
                serverTime.map(t -> Duration.between(t, now).abs()).orElse(Duration.ZERO);
        if (apart.compareTo(Duration.ofMinutes(5)) > 0) {
            return new ClockSkewException(
                    endpoint + " refused the logon of " + userName + ", and its clock says " + serverTime.orElseThrow()
                            + " where ours says " + now + ": Windows tolerates five minutes. Set the clocks right"
                            + " before trying this password again",
                    null);
        }
        return new LogonRefusedException(
                endpoint + " refused the logon of " + userName + ": check user name, domain and password, and that the"
                        + " account is not locked, before trying again",
                null);
    }

    /** NTLM in a Negotiate header; the logon itself carries no envelope. */
    record Ntlm(WsManEndpoint endpoint, PasswordCredentials credentials, Clock clock, RandomGenerator random)
            implements Logon {

        private static final String SCHEME = "Negotiate ";
        private static final byte[] NOTHING = new byte[0];

        @Override
        public boolean boundToConnection() {
            return true;
        }

        @Override
        public Protection logOn(final HttpConnection connection, final Duration limit)
                throws WsManException, IOException, HttpException {
            final NtlmClient client;
            final byte[] answer;
            try {
                client = new NtlmClient(credentials, "HTTP/" + endpoint.host(), binding(connection), clock, random);
                answer = client.authenticate(challenge(connection, client.negotiate(), limit));
            } catch (NtlmUnavailableException e) {
                throw new AuthenticationUnavailableException(e.getMessage(), e);
            } catch (NtlmException e) {
                throw new AuthenticationUnavailableException(
                        endpoint + " does not speak NTLM as this client does: " + e.getMessage(), e);
            }
            final HttpAnswer last = post(connection, answer, limit);
            if (last.status() == 401) {
                throw refused(credentials.userName(), endpoint, last.date(), clock);
            }
            if (last.status() != 200) {
                throw Unreadable.notWsMan(Delivery.NOT_SENT, last);
            }
            requireKeptAlive(last);
            return endpoint.tls() ? new Protection.ByTls(() -> null) : new Protection.Sealed(client.session());
        }

        private byte[] challenge(final HttpConnection connection, final byte[] negotiate, final Duration limit)
                throws WsManException, IOException, HttpException {
            final HttpAnswer answer = post(connection, negotiate, limit);
            if (answer.status() != 401) {
                throw Unreadable.notWsMan(Delivery.NOT_SENT, answer);
            }
            for (final String value : answer.challenges()) {
                if (value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
                    requireKeptAlive(answer);
                    return decode(value.substring(SCHEME.length()).strip());
                }
            }
            throw noChallenge(answer);
        }

        private byte[] decode(final String token) throws AuthenticationUnavailableException {
            try {
                return Base64.getDecoder().decode(token);
            } catch (IllegalArgumentException e) {
                throw new AuthenticationUnavailableException(endpoint + " sent a challenge that is not base64", e);
            }
        }

        private WsManException noChallenge(final HttpAnswer answer) {
            if (answer.challenges().isEmpty()) {
                return Unreadable.notWsMan(Delivery.NOT_SENT, answer);
            }
            final boolean offered = answer.challenges().stream()
                    .anyMatch(c -> c.toLowerCase(Locale.ROOT).startsWith("negotiate"));
            return new AuthenticationUnavailableException(
                    offered
                            ? endpoint + " offers Negotiate but did not answer to NTLM: check whether NTLM is disabled"
                                    + " there by policy"
                            : endpoint + " offers no Negotiate authentication: check winrm/config/service/auth there",
                    null);
        }

        private void requireKeptAlive(final HttpAnswer answer) throws AuthenticationUnavailableException {
            if (!answer.keptAlive()) {
                throw new AuthenticationUnavailableException(
                        endpoint + " ends the connection during the logon; NTLM needs it to stay. A proxy may be in"
                                + " the way",
                        null);
            }
        }

        private static HttpAnswer post(final HttpConnection connection, final byte[] token, final Duration limit)
                throws IOException, HttpException {
            return connection.post(
                    SCHEME + Base64.getEncoder().encodeToString(token), null, NOTHING, new Progress(), limit);
        }

        private byte[] binding(final HttpConnection connection) throws NtlmException {
            final Optional<X509Certificate> certificate = connection.serverCertificate();
            return certificate.isPresent() ? ChannelBinding.of(certificate.get()) : new byte[16];
        }
    }

    /** The password in a header of every request, over TLS only. */
    record Basic(WsManEndpoint endpoint, PasswordCredentials credentials) implements Logon {

        public Basic {
            if (!endpoint.tls()) {
                throw new IllegalArgumentException("Basic authentication is only ever used over TLS");
            }
        }

        @Override
        public boolean boundToConnection() {
            return false;
        }

        @Override
        public Protection logOn(final HttpConnection connection, final Duration limit) {
            return new Protection.ByTls(this::header);
        }

        private String header() {
            final char[] password = credentials.password();
            final ByteBuffer secret = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes((credentials.userName() + ":").getBytes(StandardCharsets.UTF_8));
            out.write(secret.array(), 0, secret.remaining());
            Arrays.fill(password, '\0');
            Arrays.fill(secret.array(), (byte) 0);
            return "Basic " + Base64.getEncoder().encodeToString(out.toByteArray());
        }
    }
}
