package io.jenkins.plugins.azurestack.certificate.request;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * Makes certificate signing requests with names, order and file names as the readiness checker's cmdlets do
 * (azure-stack-get-pki-certs.md, 2022-04-25). Each request has a new key. Safe for use by many threads if its source of
 * keys is.
 */
public final class SigningRequests {
    private static final DateTimeFormatter STAMP_OF_TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String PROVIDER = "SunRsaSign";
    private static final String WILDCARD = "*";

    /** Wildcards first, each group by the alphabet: the documented order of a single request's names. */
    private static final Comparator<String> ORDER =
            Comparator.comparing((String name) -> !name.startsWith(WILDCARD)).thenComparing(Comparator.naturalOrder());

    /** Makes key pairs. */
    @FunctionalInterface
    public interface KeySource {
        /** A new RSA key pair of this length. */
        KeyPair make(KeyLength length);

        /**
         * The key of an earlier request, whatever length is asked for: the same rules make the same request of it.
         *
         * @throws IllegalArgumentException if it does not tell its public half
         */
        static KeySource again(final PrivateKey key) {
            if (!(key instanceof RSAPrivateCrtKey whole)) {
                throw new IllegalArgumentException("An RSA key in PKCS #8 tells its public half");
            }
            final KeyPair pair = new KeyPair(publicHalf(whole), key);
            return length -> pair;
        }

        private static PublicKey publicHalf(final RSAPrivateCrtKey key) {
            try {
                return KeyFactory.getInstance("RSA", PROVIDER)
                        .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("The numbers of the key make no public key", e);
            }
        }

        /** @param random what keys are made of */
        static KeySource of(final SecureRandom random) {
            return length -> {
                try {
                    final KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", PROVIDER);
                    generator.initialize(new RSAKeyGenParameterSpec(length.bits(), RSAKeyGenParameterSpec.F4), random);
                    return generator.generateKeyPair();
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException("Every Java makes RSA keys of " + length.bits() + " bits", e);
                }
            };
        }
    }

    private final KeySource keys;

    public SigningRequests(final KeySource keys) {
        this.keys = Objects.requireNonNull(keys, "keys");
    }

    /**
     * A request for each folder.
     *
     * @param folders such as all that a rotation wants, or those of one resource provider
     * @param now stands in the files' names, in UTC
     * @return in the documented order of their first names
     */
    public List<SigningRequest> forEach(
            final Stamp stamp,
            final Collection<CertificateFolder> folders,
            final RequestRules rules,
            final Instant now) {
        return inOrder(stamp, folders).stream()
                .map(folder -> {
                    final List<String> names = folder.requiredNames(stamp);
                    return request(
                            List.of(folder), names, fileName(names.get(0).replace(WILDCARD, "wildcard"), now), rules);
                })
                .toList();
    }

    /** Folders in the order in which their requests come, each once. */
    public static List<CertificateFolder> inOrder(final Stamp stamp, final Collection<CertificateFolder> folders) {
        return folders.stream()
                .distinct()
                .sorted(Comparator.comparing(
                        folder -> folder.requiredNames(stamp).get(0), ORDER))
                .toList();
    }

    /**
     * One request for all folders together, which is meant for development and tests.
     *
     * @param now stands in the file's name, in UTC
     * @throws IllegalArgumentException if there is no folder
     */
    public SigningRequest forAll(
            final Stamp stamp,
            final Collection<CertificateFolder> folders,
            final RequestRules rules,
            final Instant now) {
        if (folders.isEmpty()) {
            throw new IllegalArgumentException("A request asks for one name at least");
        }
        final List<CertificateFolder> all = folders.stream().distinct().sorted().toList();
        final List<String> names = all.stream()
                .flatMap(folder -> folder.requiredNames(stamp).stream())
                .distinct()
                .sorted(ORDER)
                .toList();
        return request(all, names, fileName("Deployment_" + stamp.domain() + "_SingleCSR", now), rules);
    }

    private static String fileName(final String name, final Instant now) {
        return name.replace('.', '_') + "_CertRequest_" + STAMP_OF_TIME.format(now) + ".req";
    }

    private SigningRequest request(
            final List<CertificateFolder> folders,
            final List<String> names,
            final String fileName,
            final RequestRules rules) {
        final KeyPair pair = keys.make(rules.keyLength());
        final JcaPKCS10CertificationRequestBuilder builder =
                new JcaPKCS10CertificationRequestBuilder(rules.subject().forRequest(names), pair.getPublic());
        try {
            builder.addAttribute(
                    PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                    extensions(names, rules).generate());
            final ContentSigner signer = new JcaContentSignerBuilder(
                            rules.hash().signature())
                    .setProvider(PROVIDER)
                    .build(pair.getPrivate());
            final PKCS10CertificationRequest request = builder.build(signer);
            return new SigningRequest(folders, names, fileName, request.getEncoded(), pair.getPrivate());
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("Every Java signs such a request", e);
        }
    }

    private static ExtensionsGenerator extensions(final List<String> names, final RequestRules rules)
            throws IOException {
        final ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
        final List<KeyPurposeId> purposes = new ArrayList<>(List.of(KeyPurposeId.id_kp_serverAuth));
        if (rules.clientAuthentication()) {
            purposes.add(KeyPurposeId.id_kp_clientAuth);
        }
        extensions.addExtension(
                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
        extensions.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(names.stream()
                        .map(name -> new GeneralName(GeneralName.dNSName, name))
                        .toArray(GeneralName[]::new)));
        return extensions;
    }
}
