package io.jenkins.plugins.azurestack.simulator.pep;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.ExternalCertificates;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/**
 * The certificate authorities that the stamp knows: the one that it was deployed with, the ones behind what it serves,
 * and those that everybody trusts. Thread-safe.
 */
final class Authorities {
    private static final String SECTION = "deployment";

    private final ExternalCertificates external;
    private final Set<Authority> everybodys;
    private final Authority deployments;

    /**
     * @param everybodys the roots of the Trusted Root Program, as far as this world has any
     */
    Authorities(final World world, final ExternalCertificates external, final Set<X509Certificate> everybodys)
            throws IOException {
        this.external = external;
        this.everybodys = everybodys.stream().map(Authority::above).collect(Collectors.toUnmodifiableSet());
        final var kept = world.store().read(SECTION);
        if (kept.isPresent()) {
            deployments = new Authority(
                    kept.get().path("authority").asText(),
                    kept.get().path("authorityKey").asText());
        } else {
            deployments = external.served().values().stream()
                    .findFirst()
                    .map(Authorities::behind)
                    .orElse(new Authority("", ""));
            world.store()
                    .write(
                            SECTION,
                            new ObjectMapper()
                                    .createObjectNode()
                                    .put("authority", deployments.name())
                                    .put("authorityKey", deployments.key()));
        }
    }

    /** Whether an authority is one that everybody trusts. */
    boolean isPublic(final Authority authority) {
        return everybodys.contains(authority);
    }

    /** Whether the stamp was deployed with certificates of that authority. */
    boolean isOfDeployment(final Authority authority) {
        return deployments.equals(authority);
    }

    /** Whether the stamp itself has the root certificate of an authority. */
    boolean isKnown(final Authority authority) {
        return isPublic(authority)
                || isOfDeployment(authority)
                || external.served().values().stream().map(Authorities::behind).anyMatch(authority::equals);
    }

    private static Authority behind(final IssuedCertificate certificate) {
        final List<X509Certificate> chain = certificate.chain();
        return Authority.above(chain.get(chain.size() - 1));
    }

    /**
     * A root authority, told by what a certificate says of its issuer.
     *
     * @param name the distinguished name
     * @param key the identifier of its key in hex; empty if certificates do not tell
     */
    record Authority(String name, String key) {
        /** The one that issued a certificate; itself if that is a root. */
        static Authority above(final X509Certificate certificate) {
            final boolean root = certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
            return new Authority(
                    certificate.getIssuerX500Principal().getName(),
                    Stream.of(issuersKey(certificate), root ? ownKey(certificate) : new byte[0])
                            .filter(key -> key.length > 0)
                            .findFirst()
                            .map(HexFormat.of()::formatHex)
                            .orElse(""));
        }

        private static byte[] issuersKey(final X509Certificate certificate) {
            final byte[] extension = certificate.getExtensionValue(Extension.authorityKeyIdentifier.getId());
            if (extension == null) {
                return new byte[0];
            }
            final byte[] key = AuthorityKeyIdentifier.getInstance(
                            ASN1OctetString.getInstance(extension).getOctets())
                    .getKeyIdentifierOctets();
            return key == null ? new byte[0] : key;
        }

        private static byte[] ownKey(final X509Certificate certificate) {
            final byte[] extension = certificate.getExtensionValue(Extension.subjectKeyIdentifier.getId());
            return extension == null
                    ? new byte[0]
                    : SubjectKeyIdentifier.getInstance(
                                    ASN1OctetString.getInstance(extension).getOctets())
                            .getKeyIdentifier();
        }
    }
}
