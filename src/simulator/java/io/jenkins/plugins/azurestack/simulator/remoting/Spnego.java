package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmException;
import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;

/**
 * The envelopes in which SPNEGO carries NTLM (RFC 4178 4.2). Clients that speak NTLM without them are told apart by
 * their tokens. Pure functions.
 */
final class Spnego {
    private static final ASN1ObjectIdentifier SPNEGO = new ASN1ObjectIdentifier("1.3.6.1.5.5.2");
    private static final ASN1ObjectIdentifier NTLM = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.2.2.10");

    private static final int MECHANISMS = 0;
    private static final int TOKEN = 2;
    private static final int MIC = 3;
    private static final int STATE = 0;
    private static final int MECHANISM = 1;
    private static final int RESPONSE = 1;

    private Spnego() {}

    /** Where a negotiation is. */
    enum State {
        COMPLETED,
        INCOMPLETE
    }

    /**
     * What a client sent.
     *
     * @param mechanisms the DER of the list that it began with; empty later on
     * @param token of the mechanism that it prefers, or that was chosen
     * @param mic over the list of mechanisms
     */
    record Token(Optional<byte[]> mechanisms, Optional<byte[]> token, Optional<byte[]> mic) {
        @Override
        public String toString() {
            return "Token";
        }
    }

    /** @throws NtlmException if it is none, or offers no NTLM */
    static Token read(final byte[] bytes) throws NtlmException {
        try (ASN1InputStream in = new ASN1InputStream(bytes, true)) {
            final ASN1TaggedObject outer = ASN1TaggedObject.getInstance(in.readObject());
            return outer.getTagClass() == BERTags.APPLICATION ? first(outer) : later(outer);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw new NtlmException("The client's token is neither NTLM nor SPNEGO");
        }
    }

    private static Token first(final ASN1TaggedObject outer) throws IOException, NtlmException {
        // The frame of GSS-API (RFC 2743 3.1) is no ASN.1 type: an identifier and whatever it wants.
        final ASN1Sequence frame = (ASN1Sequence) outer.getBaseUniversal(false, BERTags.SEQUENCE);
        if (!SPNEGO.equals(frame.getObjectAt(0))) {
            throw new NtlmException("The client speaks a mechanism that is not SPNEGO");
        }
        final ASN1Sequence init = (ASN1Sequence)
                ASN1TaggedObject.getInstance(frame.getObjectAt(1)).getBaseUniversal(true, BERTags.SEQUENCE);
        final ASN1Sequence mechanisms = ASN1Sequence.getInstance(
                field(init, MECHANISMS).orElseThrow(() -> new NtlmException("The client offers no mechanism")));
        boolean isOffered = false;
        for (final ASN1Encodable mechanism : mechanisms) {
            isOffered |= NTLM.equals(mechanism);
        }
        if (!isOffered) {
            throw new NtlmException("The client offers no NTLM");
        }
        return new Token(
                Optional.of(mechanisms.getEncoded(ASN1Encoding.DER)),
                NTLM.equals(mechanisms.getObjectAt(0)) ? octets(init, TOKEN) : Optional.empty(),
                Optional.empty());
    }

    private static Token later(final ASN1TaggedObject outer) throws NtlmException {
        if (outer.getTagNo() != RESPONSE) {
            throw new NtlmException("The client's SPNEGO token is none that a client sends");
        }
        final ASN1Sequence response = (ASN1Sequence) outer.getBaseUniversal(true, BERTags.SEQUENCE);
        return new Token(Optional.empty(), octets(response, TOKEN), octets(response, MIC));
    }

    private static Optional<ASN1Encodable> field(final ASN1Sequence sequence, final int number) {
        for (final ASN1Encodable element : sequence) {
            final ASN1TaggedObject field = ASN1TaggedObject.getInstance(element);
            if (field.getTagNo() == number) {
                return Optional.of(field.getExplicitBaseObject());
            }
        }
        return Optional.empty();
    }

    private static Optional<byte[]> octets(final ASN1Sequence sequence, final int number) {
        return field(sequence, number)
                .map(value -> ASN1OctetString.getInstance(value).getOctets());
    }

    /** What the server answers: NTLM it is, and this is its token, or the MIC that ends it. */
    static byte[] answer(final State state, final Optional<byte[]> token, final Optional<byte[]> mic) {
        final ASN1EncodableVector fields = new ASN1EncodableVector();
        fields.add(new DERTaggedObject(true, STATE, new ASN1Enumerated(state.ordinal())));
        if (state == State.INCOMPLETE) {
            fields.add(new DERTaggedObject(true, MECHANISM, NTLM));
        }
        token.ifPresent(bytes -> fields.add(new DERTaggedObject(true, TOKEN, new DEROctetString(bytes))));
        mic.ifPresent(bytes -> fields.add(new DERTaggedObject(true, MIC, new DEROctetString(bytes))));
        try {
            return new DERTaggedObject(true, RESPONSE, new DERSequence(fields)).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("A token can be written to memory", e);
        }
    }
}
