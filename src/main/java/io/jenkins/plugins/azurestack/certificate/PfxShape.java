package io.jenkins.plugins.azurestack.certificate;

import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException.Kind;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Tells from its first bytes what kind of file a supposed PFX is, before any of it is parsed. */
final class PfxShape {
    /** A PFX of a stamp has about 5 kB; one with a hundred certificates in it still far less than this. */
    static final int LARGEST = 4 * 1024 * 1024;

    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int INDEFINITE = 0x80;
    private static final int BYTES_LOOKED_AT = 64;
    private static final int JKS_MAGIC = 0xFEEDFEED;
    private static final int JCEKS_MAGIC = 0xCECECECE;

    private PfxShape() {}

    /** @throws UnreadablePfxException unless the bytes could be a whole PFX */
    static void require(final byte[] content) throws UnreadablePfxException {
        if (content.length == 0) {
            throw new UnreadablePfxException(Kind.EMPTY, "The file is empty");
        }
        refuseText(content);
        if ((content[0] & 0xFF) != SEQUENCE) {
            throw new UnreadablePfxException(Kind.NOT_A_PFX, otherMagic(content));
        }
        if (content.length > LARGEST) {
            throw new UnreadablePfxException(
                    Kind.TOO_LARGE,
                    "The file has " + content.length + " bytes, more than the " + LARGEST + " looked into here");
        }
        refuseCut(content);
        refuseOtherStructure(content);
    }

    private static void refuseText(final byte[] content) throws UnreadablePfxException {
        final String beginning =
                new String(content, 0, Math.min(content.length, BYTES_LOOKED_AT), StandardCharsets.ISO_8859_1);
        if (beginning.contains("-----BEGIN ") || beginning.startsWith("Bag Attributes")) {
            throw new UnreadablePfxException(Kind.PEM_NOT_PFX, "The file is PEM text, not a PFX");
        }
        if (beginning.startsWith("MII")) {
            throw new UnreadablePfxException(Kind.NOT_A_PFX, "The file is base64 text; a PFX is binary");
        }
    }

    private static String otherMagic(final byte[] content) {
        final int magic =
                content.length < Integer.BYTES ? 0 : ByteBuffer.wrap(content).getInt();
        return switch (magic) {
            case JKS_MAGIC, JCEKS_MAGIC -> "The file is a Java key store of the old kind, not a PFX";
            default -> "The file is no PFX: it does not begin as one";
        };
    }

    /** The outer length tells what should be there. What follows the end is let pass, as OpenSSL does. */
    private static void refuseCut(final byte[] content) throws UnreadablePfxException {
        final int lengthByte = content.length < 2 ? INDEFINITE : content[1] & 0xFF;
        if (lengthByte == INDEFINITE && content.length > 2) {
            return;
        }
        final int lengthBytes = lengthByte > INDEFINITE ? lengthByte - INDEFINITE : 0;
        if (lengthBytes > Integer.BYTES) {
            throw new UnreadablePfxException(Kind.NOT_A_PFX, "The file is no PFX: its length makes no sense");
        }
        final int header = 2 + lengthBytes;
        if (content.length < header) {
            throw new UnreadablePfxException(Kind.TRUNCATED, "The file ends after " + content.length + " bytes");
        }
        long length = lengthBytes == 0 ? lengthByte : 0;
        for (int i = 2; i < header; i++) {
            length = length << Byte.SIZE | content[i] & 0xFF;
        }
        if (header + length > content.length) {
            throw new UnreadablePfxException(
                    Kind.TRUNCATED,
                    "The file ends after " + content.length + " of " + (header + length) + " bytes, if it is a PFX");
        }
    }

    /** A PFX begins with its version, an INTEGER; nearly all other DER files of this trade begin otherwise. */
    private static void refuseOtherStructure(final byte[] content) throws UnreadablePfxException {
        final int lengthByte = content[1] & 0xFF;
        final int first = 2 + (lengthByte > INDEFINITE ? lengthByte - INDEFINITE : 0);
        final int tag = first < content.length ? content[first] & 0xFF : 0;
        if (tag == INTEGER) {
            return;
        }
        if (tag == OBJECT_IDENTIFIER) {
            throw new UnreadablePfxException(
                    Kind.NOT_A_PFX, "The file is a PKCS #7 collection (.p7b), which has no private key, not a PFX");
        }
        if (tag == SEQUENCE && isCertificate(content)) {
            throw new UnreadablePfxException(
                    Kind.NOT_A_PFX, "The file is a certificate without its private key (.cer), not a PFX");
        }
        throw new UnreadablePfxException(Kind.NOT_A_PFX, "The file is no PFX: it has another structure");
    }

    private static boolean isCertificate(final byte[] content) {
        try {
            CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(content));
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }
}
