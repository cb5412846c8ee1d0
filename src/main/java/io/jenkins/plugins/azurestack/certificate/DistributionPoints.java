package io.jenkins.plugins.azurestack.certificate;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Where a certificate says that its revocation list can be fetched (RFC 5280 section 4.2.1.13). */
public final class DistributionPoints {
    private static final String HTTP = "http";

    private DistributionPoints() {}

    /** The HTTP URLs, in their order, without user names; empty if there are none or the extension can't be read. */
    public static List<URI> http(final X509Certificate certificate) {
        final byte[] extension = certificate.getExtensionValue(Extension.cRLDistributionPoints.getId());
        if (extension == null) {
            return List.of();
        }
        return Asn1.parsed(() -> points(extension)).orElse(List.of());
    }

    private static List<URI> points(final byte[] extension) {
        // The JVM gives an extension's value with the octet string that it lies in.
        final byte[] content = ASN1OctetString.getInstance(extension).getOctets();
        return Stream.of(CRLDistPoint.getInstance(Asn1.sequence(content)).getDistributionPoints())
                .map(DistributionPoint::getDistributionPoint)
                .filter(name -> name != null && name.getType() == DistributionPointName.FULL_NAME)
                .flatMap(name ->
                        Stream.of(GeneralNames.getInstance(name.getName()).getNames()))
                .filter(name -> name.getTagNo() == GeneralName.uniformResourceIdentifier)
                .flatMap(name -> url(name.getName().toString()).stream())
                .distinct()
                .toList();
    }

    private static Optional<URI> url(final String text) {
        try {
            final URI url = new URI(text.trim());
            final boolean usable =
                    HTTP.equalsIgnoreCase(url.getScheme()) && url.getHost() != null && url.getRawUserInfo() == null;
            return usable ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
