package io.jenkins.plugins.azurestack.certificate.request;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.CertificatePath;
import io.jenkins.plugins.azurestack.certificate.KeyAndChain;
import io.jenkins.plugins.azurestack.certificate.request.JoinRefusedException.Kind;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an authority handed out: a certificate, and perhaps its issuers, in whatever order and form. Immutable. */
public final class IssuedCertificates {
    private static final int LARGEST = 1024 * 1024;
    private static final int MOST = 100;
    /** Windows puts a whole PKCS #7 under the label of a certificate; requests and keys are not looked at. */
    private static final Pattern PEM = Pattern.compile(
            "-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE|PKCS7|CMS)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private final List<X509Certificate> certificates;

    private IssuedCertificates(final List<X509Certificate> certificates) {
        this.certificates = List.copyOf(certificates);
    }

    /**
     * Reads files of PEM text, X.509 in DER (.cer) or PKCS #7 (.p7b).
     *
     * @param files neither kept nor changed
     * @throws JoinRefusedException UNREADABLE, TOO_MUCH or NO_CERTIFICATE
     */
    public static IssuedCertificates read(final Collection<byte[]> files) throws JoinRefusedException {
        final List<X509Certificate> certificates = new ArrayList<>();
        for (final byte[] file : files) {
            if (file.length > LARGEST) {
                throw new JoinRefusedException(
                        Kind.TOO_MUCH, "A file of " + file.length + " bytes is no answer of an authority");
            }
            for (final byte[] block : blocks(file)) {
                certificates.addAll(parse(block));
            }
        }
        if (certificates.isEmpty()) {
            throw new JoinRefusedException(Kind.NO_CERTIFICATE, "There is no certificate in what was given");
        }
        if (certificates.size() > MOST) {
            throw new JoinRefusedException(
                    Kind.TOO_MUCH, "There are " + certificates.size() + " certificates in what was given");
        }
        return new IssuedCertificates(certificates.stream().distinct().toList());
    }

    /** The blocks of a text, or else the whole file. */
    private static List<byte[]> blocks(final byte[] file) throws JoinRefusedException {
        final String text = new String(file, StandardCharsets.ISO_8859_1);
        if (!text.contains("-----BEGIN ")) {
            return List.of(file);
        }
        final List<byte[]> blocks = new ArrayList<>();
        final Matcher matcher = PEM.matcher(text);
        while (matcher.find()) {
            try {
                blocks.add(Base64.getMimeDecoder().decode(matcher.group(2)));
            } catch (IllegalArgumentException e) {
                throw new JoinRefusedException(Kind.UNREADABLE, "A block of the PEM text is damaged", e);
            }
        }
        return blocks;
    }

    private static List<X509Certificate> parse(final byte[] der) throws JoinRefusedException {
        try {
            final Collection<? extends Certificate> parsed =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(der));
            return parsed.stream().map(X509Certificate.class::cast).toList();
        } catch (GeneralSecurityException | RuntimeException e) {
            // The JVM's parser lets exceptions of its own out of some keys.
            throw new JoinRefusedException(Kind.UNREADABLE, "The file is neither a certificate nor a set of them", e);
        }
    }

    /** All certificates, each once, as they came. */
    public List<X509Certificate> certificates() {
        return certificates;
    }

    /**
     * Joins the certificate of a key with the key, and puts its issuers in order.
     *
     * @param dnsNames that the certificate must cover, wildcards as such
     * @param others where issuers that did not come along are looked for, such as trusted roots
     * @return with the path as far as it goes; the readiness checks tell whether it is whole
     * @throws JoinRefusedException KEY_DOES_NOT_FIT or NAMES_MISSING
     */
    public KeyAndChain join(
            final PrivateKey key, final Collection<String> dnsNames, final Collection<X509Certificate> others)
            throws JoinRefusedException {
        // An authority may answer twice to one request.
        final X509Certificate leaf = certificates.stream()
                .filter(certificate -> KeyAndChain.fits(key, certificate))
                .max(Comparator.comparing(X509Certificate::getNotAfter))
                .orElseThrow(() -> new JoinRefusedException(
                        Kind.KEY_DOES_NOT_FIT, "None of the certificates is for this key: " + subjects()));
        final CertificateChain alone = CertificateChain.of(List.of(leaf));
        final List<String> missing =
                dnsNames.stream().filter(name -> !alone.covers(name)).toList();
        if (!missing.isEmpty()) {
            throw new JoinRefusedException(
                    Kind.NAMES_MISSING,
                    Text.printable("The certificate is for this key, but lacks " + String.join(", ", missing)
                            + "; it has " + String.join(", ", alone.dnsNames())));
        }
        final List<X509Certificate> pool = new ArrayList<>(certificates);
        pool.addAll(others);
        return new KeyAndChain(key, CertificatePath.from(leaf, pool).chain());
    }

    private String subjects() {
        return Text.printable(String.join(
                ", ",
                certificates.stream()
                        .map(certificate ->
                                "'" + certificate.getSubjectX500Principal().getName() + "'")
                        .toList()));
    }
}
