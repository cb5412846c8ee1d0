package io.jenkins.plugins.azurestack.certificate.readiness;

import java.util.Map;

/**
 * The checks of one PFX file, each a pure function, in the order in which Microsoft's readiness checker prints them; of
 * HTTP CRL the place is not known, so it comes last. Sources: azure-stack-validate-pki-certs.md,
 * azure-stack-remediate-certs.md (2020-11-10) and azure-stack-prepare-pki-certs.md (2025-08-13).
 */
public enum ReadinessCheck {
    /** The file is encrypted with TripleDES-SHA1. */
    PFX_ENCRYPTION("PFX Encryption", (candidate, earlier) -> FileChecks.encryption(candidate)),
    /** Seven days of validity are left, of every certificate on the path. */
    EXPIRY_DATE("Expiry Date", opened(LeafChecks::expiry)),
    /** Nothing on the path but the root is signed with SHA-1 or worse. */
    SIGNATURE_ALGORITHM("Signature Algorithm", opened(LeafChecks::signature)),
    /** The subject alternative names cover every name that the folder needs. */
    DNS_NAMES("DNS Names", opened(LeafChecks::dnsNames)),
    /** Digital signature, key encipherment, server authentication, and client authentication where it is asked for. */
    KEY_USAGE("Key Usage", opened(LeafChecks::keyUsage)),
    /** RSA of 2048 bits or more. */
    KEY_LENGTH("Key Length", opened(LeafChecks::keyLength)),
    /** The file opens with the password, and the password protects the certificates too. */
    PARSE_PFX("Parse PFX", FileChecks::parse),
    /** The certificate's private key is there, and meant for the machine's store. */
    PRIVATE_KEY("Private Key", opened(FileChecks::privateKey)),
    /** The path to a root is whole within the file. */
    CERT_CHAIN("Cert Chain", opened(PathChecks::chain)),
    /** The certificates of the path lie in the file in its order. */
    CHAIN_ORDER("Chain Order", opened(PathChecks::order)),
    /** Nothing else is in the file; skipped where the chain or the names failed. */
    OTHER_CERTIFICATES("Other Certificates", PathChecks::others),
    /** The certificate names a revocation list under an HTTP URL, and it can be fetched. */
    HTTP_CRL("HTTP CRL", opened(CrlChecks::reachable));

    /** A check of a file that may or may not have opened; {@code earlier} holds the outcomes of the checks before. */
    @FunctionalInterface
    private interface Function {
        Outcome judge(Candidate candidate, Map<ReadinessCheck, Outcome> earlier) throws InterruptedException;
    }

    /** A check of a file that opened. */
    @FunctionalInterface
    private interface OpenedFunction {
        Outcome judge(Candidate.Opened opened) throws InterruptedException;
    }

    private final String title;
    private final Function function;

    ReadinessCheck(final String title, final Function function) {
        this.title = title;
        this.function = function;
    }

    private static Function opened(final OpenedFunction function) {
        return (candidate, earlier) -> candidate.opened().isPresent()
                ? function.judge(candidate.opened().get())
                : Outcome.of(Reason.NOT_OPEN, "The check was skipped because the file does not open.");
    }

    /** The name that the readiness checker prints. */
    public String title() {
        return title;
    }

    /** @param earlier the outcomes of the checks before this one */
    Outcome judge(final Candidate candidate, final Map<ReadinessCheck, Outcome> earlier) throws InterruptedException {
        return function.judge(candidate, earlier);
    }
}
