package io.jenkins.plugins.azurestack.simulator.pki;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What sort of certificate an authority is asked to issue. The plain one meets every rule of the PKI requirements
 * page (2025-08-12); each {@code with} method breaks or bends one of them.
 *
 * @param commonName the subject's common name
 * @param names the subject alternative names: DNS names, wildcards as such, and IPv4 addresses; may be empty
 * @param notBefore the first instant of validity
 * @param notAfter the last instant of validity
 * @param key the kind of key
 * @param signature how the issuer signs it
 * @param chain what comes along with it
 * @param usages the key usages it may carry; none at all leaves the extension out
 * @param extendedUsages the extended key usages; none at all leaves the extension out
 */
public record Specimen(
        String commonName,
        List<String> names,
        Instant notBefore,
        Instant notAfter,
        Key key,
        Signature signature,
        Chain chain,
        Set<KeyUse> usages,
        Set<ExtendedUse> extendedUsages) {

    public Specimen {
        Objects.requireNonNull(commonName, "commonName");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(signature, "signature");
        Objects.requireNonNull(chain, "chain");
        if (notAfter.isBefore(notBefore)) {
            throw new IllegalArgumentException("A certificate cannot end (" + notAfter + ") before it begins");
        }
        names = List.copyOf(names);
        usages = Set.copyOf(usages);
        extendedUsages = Set.copyOf(extendedUsages);
    }

    /** Kinds of keys. */
    public enum Key {
        RSA_2048,
        /** Too short for a stamp (rule 5). */
        RSA_1024,
        /** Not RSA. */
        EC_P256
    }

    /** How an issuer signs. */
    public enum Signature {
        SHA256_RSA,
        /** Refused by a stamp (rule 4). */
        SHA1_RSA
    }

    /** What comes along with a certificate. */
    public enum Chain {
        /** The certificate and its issuing authority: all that a client lacks. */
        COMPLETE,
        /** The same, and the root, which need not be sent. */
        WITH_ROOT,
        /** The certificate alone: a client cannot find the way to the root. */
        LEAF_ONLY,
        /** The root before the issuing authority. */
        UNORDERED,
        /** Signed with its own key: issuer and subject are the same (rule 2). */
        SELF_SIGNED
    }

    /** What a key may be used for (RFC 5280 4.2.1.3). */
    public enum KeyUse {
        DIGITAL_SIGNATURE,
        KEY_ENCIPHERMENT,
        DATA_ENCIPHERMENT
    }

    /** What a certificate may be used for (RFC 5280 4.2.1.12). */
    public enum ExtendedUse {
        SERVER_AUTHENTICATION,
        CLIENT_AUTHENTICATION,
        CODE_SIGNING
    }

    /** A certificate as a stamp wants it, for these names; the first one is its common name too. */
    public static Specimen of(final List<String> names, final Instant notBefore, final Instant notAfter) {
        return new Specimen(
                names.get(0),
                names,
                notBefore,
                notAfter,
                Key.RSA_2048,
                Signature.SHA256_RSA,
                Chain.COMPLETE,
                Set.of(KeyUse.DIGITAL_SIGNATURE, KeyUse.KEY_ENCIPHERMENT),
                Set.of(ExtendedUse.SERVER_AUTHENTICATION, ExtendedUse.CLIENT_AUTHENTICATION));
    }

    /** The same with other dates. */
    public Specimen withDates(final Instant from, final Instant until) {
        return new Specimen(commonName, names, from, until, key, signature, chain, usages, extendedUsages);
    }

    /** The same for other names; the first one becomes the common name. */
    public Specimen withNames(final String... other) {
        return new Specimen(
                other[0], List.of(other), notBefore, notAfter, key, signature, chain, usages, extendedUsages);
    }

    /** The same without subject alternative names. */
    public Specimen withoutNames() {
        return new Specimen(commonName, List.of(), notBefore, notAfter, key, signature, chain, usages, extendedUsages);
    }

    /** The same with another common name, whatever the alternative names say. */
    public Specimen withCommonName(final String other) {
        return new Specimen(other, names, notBefore, notAfter, key, signature, chain, usages, extendedUsages);
    }

    /** The same with another kind of key. */
    public Specimen withKey(final Key other) {
        return new Specimen(commonName, names, notBefore, notAfter, other, signature, chain, usages, extendedUsages);
    }

    /** The same with another signature. */
    public Specimen withSignature(final Signature other) {
        return new Specimen(commonName, names, notBefore, notAfter, key, other, chain, usages, extendedUsages);
    }

    /** The same with other company. */
    public Specimen withChain(final Chain other) {
        return new Specimen(commonName, names, notBefore, notAfter, key, signature, other, usages, extendedUsages);
    }

    /** The same with exactly these key usages. */
    public Specimen withUsages(final KeyUse... other) {
        return new Specimen(
                commonName, names, notBefore, notAfter, key, signature, chain, Set.of(other), extendedUsages);
    }

    /** The same with exactly these extended key usages. */
    public Specimen withExtendedUsages(final ExtendedUse... other) {
        return new Specimen(commonName, names, notBefore, notAfter, key, signature, chain, usages, Set.of(other));
    }
}
