package io.jenkins.plugins.azurestack.certificate.request;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/**
 * The subject of all requests of a set. Where it has no common name, the first DNS name of each request becomes that
 * request's; where it has one, every request gets that one (azure-stack-get-pki-certs.md, 2022-04-25).
 */
public final class RequestSubject {
    private static final String FIELD = "subject";
    private static final int LONGEST = 1000;
    /** RFC 5280 appendix A.1, ub-common-name. */
    private static final int LONGEST_COMMON_NAME = 64;

    private final X500Name name;

    private RequestSubject(final X500Name name) {
        this.name = name;
    }

    /** No more than the common name. */
    public static RequestSubject empty() {
        return new RequestSubject(new X500NameBuilder(BCStyle.INSTANCE).build());
    }

    /**
     * Reads a subject, such as {@code C=US,ST=Washington,L=Redmond,O=Microsoft,OU=Azure Stack Hub}; requests keep its
     * order.
     *
     * @param text may be empty
     * @throws Rejected naming {@code subject} if it is none
     */
    public static RequestSubject parse(final String text) {
        final String trimmed = Objects.requireNonNull(text, "text").trim();
        if (trimmed.isEmpty()) {
            return empty();
        }
        if (trimmed.length() > LONGEST) {
            throw new Rejected(FIELD, "is longer than " + LONGEST + " characters");
        }
        final X500Name name;
        try {
            name = new X500Name(BCStyle.INSTANCE, trimmed);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Rejected(
                    FIELD,
                    "'" + Text.printable(trimmed) + "' is not a list of attributes and values such as"
                            + " C=US,O=Contoso,OU=Azure Stack Hub");
        }
        if (name.getRDNs(BCStyle.CN).length > 1) {
            throw new Rejected(FIELD, "has more than one common name (CN); give one, or none");
        }
        for (final RDN part : name.getRDNs()) {
            requireValue(part);
        }
        return new RequestSubject(name);
    }

    private static void requireValue(final RDN part) {
        final String value = value(part);
        if (value.isBlank()) {
            throw new Rejected(FIELD, "has an attribute without a value");
        }
        final boolean country = BCStyle.C.equals(part.getFirst().getType());
        if (country && value.length() != 2) {
            throw new Rejected(FIELD, "has '" + Text.printable(value) + "' as country (C); give its two letters");
        }
    }

    /**
     * The subject of a certificate that is served now. A common name that is one of its DNS names is left out, so that
     * each request has its own.
     */
    public static RequestSubject of(final X509Certificate certificate) {
        final List<String> names = CertificateChain.of(List.of(certificate)).dnsNames();
        final X500NameBuilder kept = new X500NameBuilder(BCStyle.INSTANCE);
        for (final RDN part : X500Name.getInstance(
                        certificate.getSubjectX500Principal().getEncoded())
                .getRDNs()) {
            final boolean own = BCStyle.CN.equals(part.getFirst().getType())
                    && names.stream().anyMatch(value(part)::equalsIgnoreCase);
            if (!own) {
                kept.addMultiValuedRDN(part.getTypesAndValues());
            }
        }
        return new RequestSubject(kept.build());
    }

    private static String value(final RDN part) {
        return IETFUtils.valueToString(part.getFirst().getValue());
    }

    /** The subject of a request. A first DNS name that is too long for a common name leaves it out. */
    X500Name forRequest(final List<String> dnsNames) {
        final String first = dnsNames.get(0);
        if (name.getRDNs(BCStyle.CN).length > 0 || first.length() > LONGEST_COMMON_NAME) {
            return name;
        }
        final X500NameBuilder whole = new X500NameBuilder(BCStyle.INSTANCE);
        for (final RDN part : name.getRDNs()) {
            whole.addMultiValuedRDN(part.getTypesAndValues());
        }
        return whole.addRDN(BCStyle.CN, first).build();
    }

    @Override
    public String toString() {
        return Text.printable(name.toString());
    }
}
