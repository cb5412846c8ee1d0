package io.jenkins.plugins.azurestack.certificate;

import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;

/** Where BouncyCastle reads an element that is not there as null, this says so at once. */
final class Asn1 {
    private Asn1() {}

    /** @throws IllegalArgumentException if the element is missing, as BouncyCastle itself does for one of a wrong type */
    static <T> T required(final T element) {
        if (element == null) {
            throw new IllegalArgumentException("an element is missing");
        }
        return element;
    }

    /** The bytes of an octet string. */
    static byte[] octets(final ASN1Encodable element) {
        return ASN1OctetString.getInstance(required(element)).getOctets();
    }

    /**
     * A sequence from its encoding. BouncyCastle's own way from bytes trips over none at all.
     *
     * @throws IllegalArgumentException if it is none
     */
    static ASN1Sequence sequence(final byte[] encoded) {
        try {
            return ASN1Sequence.getInstance(required(ASN1Primitive.fromByteArray(encoded)));
        } catch (IOException e) {
            throw new IllegalArgumentException("the encoding breaks", e);
        }
    }

    /**
     * Parses what may be anything.
     *
     * @return empty if it threw one of BouncyCastle's ways to say that an element is missing, or is not the one that
     *     belongs there
     */
    static <T> Optional<T> parsed(final Supplier<T> parser) {
        try {
            return Optional.of(parser.get());
        } catch (IllegalArgumentException
                | IllegalStateException
                | ArithmeticException
                | ClassCastException
                | IndexOutOfBoundsException
                | NoSuchElementException e) {
            return Optional.empty();
        }
    }
}
