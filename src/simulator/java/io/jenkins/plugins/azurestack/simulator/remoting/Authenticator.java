package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.ntlm.ChannelBinding;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmException;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.http.HttpConnection;
import io.jenkins.plugins.azurestack.simulator.http.HttpRequest;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Ledger.Call;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Lets clients log on as WinRM does: Negotiate everywhere, bound to the connection; Basic on TLS, for one request each.
 * Every proof of a password, right or wrong, is in the ledger. Thread-safe.
 */
final class Authenticator {
    /** What the ledger calls a logon, and a fault's moment its occasion. */
    static final String LOGON = "Logon";

    private static final String CHALLENGE = "WWW-Authenticate";
    private static final String NEGOTIATE = "Negotiate";
    private static final String BASIC = "Basic";
    private static final Duration SKEW = Duration.ofHours(1);

    private final EndpointWorld world;

    Authenticator(final EndpointWorld world) {
        this.world = world;
    }

    /**
     * Who sent a request.
     *
     * @param identity proved; empty if the answer says what the client is to do next
     * @param answer what to say if it is not proved; if it is, the headers that belong to whatever is said
     */
    record Result(Optional<Identity> identity, HttpAnswer answer) {
        private static Result proved(final Identity identity) {
            return proved(identity, Optional.empty());
        }

        private static Result proved(final Identity identity, final Optional<String> lastWord) {
            final HttpAnswer answer = HttpAnswer.of(200);
            return new Result(
                    Optional.of(identity),
                    lastWord.map(word -> answer.with(CHALLENGE, word)).orElse(answer));
        }

        private static Result answered(final HttpAnswer answer) {
            return new Result(Optional.empty(), answer);
        }
    }

    /** Looks at a request's Authorization header, if there is one, and at who is on the connection already. */
    Result authenticate(final HttpRequest request, final HttpConnection connection, final ConnectionLogon logon) {
        final Optional<String> header = request.header("Authorization");
        if (header.isEmpty()) {
            return logon.bound().map(Result::proved).orElseGet(() -> refused(connection));
        }
        final int blank = header.get().indexOf(' ');
        final String scheme = blank < 0 ? header.get() : header.get().substring(0, blank);
        final Optional<byte[]> credentials =
                decoded(blank < 0 ? "" : header.get().substring(blank + 1));
        if (credentials.isPresent() && scheme.equalsIgnoreCase(NEGOTIATE)) {
            return negotiated(credentials.get(), connection, logon);
        }
        if (credentials.isPresent()
                && scheme.equalsIgnoreCase(BASIC)
                && connection.certificate().isPresent()) {
            return basic(credentials.get(), connection, logon);
        }
        logon.forget();
        return refused(connection);
    }

    private static Optional<byte[]> decoded(final String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64.strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What a client without, or with the wrong, credentials is told. */
    private Result refused(final HttpConnection connection) {
        final HttpAnswer answer = HttpAnswer.of(401).with(CHALLENGE, NEGOTIATE);
        return Result.answered(
                connection.certificate().isPresent() ? answer.with(CHALLENGE, "Basic realm=\"WSMAN\"") : answer);
    }

    private Result negotiated(final byte[] token, final HttpConnection connection, final ConnectionLogon logon) {
        try {
            if (NtlmAcceptor.isNtlm(token)) {
                return ntlm(token, Optional.empty(), connection, logon);
            }
            final Spnego.Token wrapped = Spnego.read(token);
            wrapped.mechanisms().ifPresent(logon::mechanisms);
            if (wrapped.token().isPresent()) {
                return ntlm(wrapped.token().get(), Optional.of(wrapped), connection, logon);
            }
            if (wrapped.mechanisms().isPresent()) {
                // It prefers another mechanism: it is told to begin with NTLM.
                return challenged(Spnego.answer(Spnego.State.INCOMPLETE, Optional.empty(), Optional.empty()));
            }
        } catch (NtlmException e) {
            enter(connection, new Identity("", ""), NEGOTIATE, "malformed");
        }
        logon.forget();
        return refused(connection);
    }

    private Result ntlm(
            final byte[] token,
            final Optional<Spnego.Token> spnego,
            final HttpConnection connection,
            final ConnectionLogon logon)
            throws NtlmException {
        if (NtlmAcceptor.isNegotiate(token)) {
            final NtlmAcceptor acceptor = NtlmAcceptor.challenging(
                    token,
                    world.domain(),
                    world.computer(),
                    isSkewed() ? world.time().now().plus(SKEW) : world.time().now(),
                    world.random());
            logon.challenge(acceptor);
            final byte[] challenge = acceptor.challenge();
            return challenged(
                    spnego.isPresent()
                            ? Spnego.answer(Spnego.State.INCOMPLETE, Optional.of(challenge), Optional.empty())
                            : challenge);
        }
        final Optional<NtlmAcceptor> acceptor = logon.takeAcceptor();
        if (acceptor.isEmpty()) {
            logon.forget();
            return refused(connection);
        }
        return verified(acceptor.get(), acceptor.get().read(token), spnego, connection, logon);
    }

    private static Result challenged(final byte[] token) {
        return Result.answered(HttpAnswer.of(401).with(CHALLENGE, negotiate(token)));
    }

    private static String negotiate(final byte[] token) {
        return NEGOTIATE + " " + Base64.getEncoder().encodeToString(token);
    }

    private boolean isSkewed() {
        return world.faults().isDue(Fault.CLOCK_SKEW, LOGON, world.address());
    }

    private Result verified(
            final NtlmAcceptor acceptor,
            final NtlmAcceptor.Response response,
            final Optional<Spnego.Token> spnego,
            final HttpConnection connection,
            final ConnectionLogon logon)
            throws NtlmException {
        final Identity who = response.identity();
        if (world.faults().strikes(Fault.CLOCK_SKEW, LOGON, world.address())) {
            enter(connection, who, NEGOTIATE, "clock-skew");
            return Result.answered(refused(connection)
                    .answer()
                    .with(
                            EndpointHandler.DATE,
                            EndpointHandler.httpDate(world.time().now().plus(SKEW))));
        }
        final Optional<char[]> password = world.accounts().password(who.domain(), who.user());
        if (password.isEmpty()) {
            enter(connection, who, NEGOTIATE, unknownOrLocked(who));
            return refused(connection);
        }
        final NtlmAcceptor.Outcome outcome;
        try {
            outcome = acceptor.verify(response, password.get(), channelBinding(connection));
        } finally {
            Arrays.fill(password.get(), '\0');
        }
        switch (outcome.verdict()) {
            case ACCEPTED -> {
                final Optional<byte[]> last =
                        spnego.isPresent() ? Optional.of(last(spnego.get(), outcome, logon)) : Optional.empty();
                world.accounts().loggedOn(who.domain(), who.user());
                enter(connection, who, NEGOTIATE, Call.DONE);
                logon.accept(who, outcome.session());
                return Result.proved(who, last.map(Authenticator::negotiate));
            }
            case WRONG_PASSWORD -> {
                world.accounts().refused(who.domain(), who.user());
                enter(connection, who, NEGOTIATE, "wrong-password");
            }
            case WRONG_MIC -> enter(connection, who, NEGOTIATE, "wrong-mic");
            case WRONG_CHANNEL_BINDING -> enter(connection, who, NEGOTIATE, "wrong-channel-binding");
        }
        return refused(connection);
    }

    /** SPNEGO's last word; a client that sent a MIC over its mechanisms gets one back. */
    private static byte[] last(
            final Spnego.Token token, final NtlmAcceptor.Outcome outcome, final ConnectionLogon logon)
            throws NtlmException {
        if (token.mic().isEmpty()) {
            return Spnego.answer(Spnego.State.COMPLETED, Optional.empty(), Optional.empty());
        }
        final byte[] mic = outcome.exchangeMic(
                logon.mechanisms().orElseThrow(() -> new NtlmException("A MIC over a list that was never sent")),
                token.mic().get());
        return Spnego.answer(Spnego.State.COMPLETED, Optional.empty(), Optional.of(mic));
    }

    private String unknownOrLocked(final Identity who) {
        return world.accounts().isLocked(who.domain(), who.user()) ? "locked" : "no-such-account";
    }

    private static byte[] channelBinding(final HttpConnection connection) throws NtlmException {
        final Optional<X509Certificate> certificate = connection.certificate();
        return certificate.isPresent() ? ChannelBinding.of(certificate.get()) : new byte[16];
    }

    private Result basic(final byte[] credentials, final HttpConnection connection, final ConnectionLogon logon) {
        final CharBuffer text = characters(credentials);
        Arrays.fill(credentials, (byte) 0);
        final int colon = text.toString().indexOf(':');
        final Identity who = Identity.parse(
                colon < 0 ? text.toString() : text.subSequence(0, colon).toString());
        final Optional<char[]> password = world.accounts().password(who.domain(), who.user());
        if (colon < 0 || password.isEmpty()) {
            logon.forget();
            enter(connection, who, BASIC, unknownOrLocked(who));
            return refused(connection);
        }
        final boolean right = isSame(password.get(), text.subSequence(colon + 1, text.length()));
        Arrays.fill(password.get(), '\0');
        if (!right) {
            logon.forget();
            world.accounts().refused(who.domain(), who.user());
            enter(connection, who, BASIC, "wrong-password");
            return refused(connection);
        }
        if (logon.lastBasic().filter(who::isSame).isEmpty()) {
            world.accounts().loggedOn(who.domain(), who.user());
            enter(connection, who, BASIC, Call.DONE);
        }
        logon.acceptBasic(who);
        return Result.proved(who);
    }

    /** UTF-8 where it is that, else the old character set of the West: clients do both. */
    private static CharBuffer characters(final byte[] credentials) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(credentials));
        } catch (CharacterCodingException e) {
            return StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(credentials));
        }
    }

    private static boolean isSame(final char[] password, final CharBuffer sent) {
        return CharBuffer.wrap(password).equals(sent);
    }

    private void enter(final HttpConnection connection, final Identity who, final String scheme, final String outcome) {
        world.enter(
                connection.id(),
                outcome.equals(Call.DONE) ? who.name() : "",
                LOGON,
                Map.of("user", who.name(), "scheme", scheme),
                outcome);
    }
}
