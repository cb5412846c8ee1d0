package io.jenkins.plugins.azurestack.powershell.wsman;

import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmSession;
import java.util.function.Supplier;

/** What an authenticated connection does to envelopes: seals them, or leaves that to TLS. */
interface Protection {

    /** Content type of a body. */
    String contentType();

    /** Value of the {@code Authorization} header, or null. */
    String authorization();

    /** The body that carries an envelope. */
    byte[] protect(byte[] envelope);

    /** Whether an answer claims to carry an envelope, in the form that this connection asks for. */
    boolean carriesEnvelope(HttpAnswer answer);

    /** The envelope that an answer carries. */
    byte[] unprotect(HttpAnswer answer) throws WsManException;

    /** On plain HTTP: every message is sealed, and an answer that is not is refused. */
    record Sealed(NtlmSession session) implements Protection {

        @Override
        public String contentType() {
            return SealedBody.CONTENT_TYPE;
        }

        @Override
        public String authorization() {
            return null;
        }

        @Override
        public byte[] protect(final byte[] envelope) {
            return SealedBody.write(session, envelope);
        }

        @Override
        public boolean carriesEnvelope(final HttpAnswer answer) {
            return answer.sealed();
        }

        @Override
        public byte[] unprotect(final HttpAnswer answer) throws WsManException {
            if (answer.sealed()) {
                return SealedBody.read(session, answer.body());
            }
            if (answer.soap()) {
                throw new MalformedAnswerException(
                        "The answer came unsealed (" + answer.describe()
                                + ") on a connection that is not TLS: it may be" + " forged and was not read",
                        null);
            }
            throw Unreadable.answer(answer);
        }
    }

    /**
     * On TLS, which protects messages by itself.
     *
     * @param header makes the value of the {@code Authorization} header, null for none, anew for each request: it may
     *     be a secret, and is not kept
     */
    record ByTls(Supplier<String> header) implements Protection {

        @Override
        public String authorization() {
            return header.get();
        }

        @Override
        public String contentType() {
            return "application/soap+xml;charset=UTF-8";
        }

        @Override
        public byte[] protect(final byte[] envelope) {
            return envelope;
        }

        @Override
        public boolean carriesEnvelope(final HttpAnswer answer) {
            return answer.soap();
        }

        @Override
        public byte[] unprotect(final HttpAnswer answer) throws WsManException {
            if (answer.soap()) {
                return answer.body();
            }
            throw Unreadable.answer(answer);
        }
    }
}
