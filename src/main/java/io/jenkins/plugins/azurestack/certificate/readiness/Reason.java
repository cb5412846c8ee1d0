package io.jenkins.plugins.azurestack.certificate.readiness;

/** Why a check of one file ended as it did: each with its status and with what to do about it. */
public enum Reason {
    /** The file does what the check asks. */
    MET(Status.OK, ""),

    /** Everything but the file's own checks, where the file does not open. */
    NOT_OPEN(Status.SKIPPED, "See Parse PFX."),

    NOT_TRIPLE_DES(
            Status.FAIL,
            "Export the file again with TripleDES-SHA1 (with OpenSSL 3: -legacy -keypbe PBE-SHA1-3DES -certpbe"
                    + " PBE-SHA1-3DES -macalg sha1), or repair it with Repair-AzsPfxCertificate."),
    KEY_NOT_ENCRYPTED(
            Status.FAIL,
            "Treat this key as known to everybody who could read the file: request a new certificate for a new key, and"
                    + " export it with TripleDES-SHA1."),
    MAC_NOT_SHA1(
            Status.FAIL,
            "Export the file again with a SHA-1 MAC (with OpenSSL 3: -macalg sha1); Windows Server 2016 and older refuse"
                    + " the right password for any other."),

    ENDS_TOO_SOON(Status.FAIL, "Have the certificate issued again with a later end."),
    NOT_YET_VALID(Status.FAIL, "Wait until it is valid, or check the clocks of the authority and of this machine."),

    WEAK_SIGNATURE(Status.FAIL, "Have the authority sign with SHA256, and send it a new request that asks for SHA256."),

    MISSING_RECORD(
            Status.FAIL,
            "Send the authority a new request with these DNS names among the subject alternative names; a wildcard covers"
                    + " one left-most label only."),

    WRONG_KEY_USAGE(
            Status.FAIL,
            "Send a new request for digital signature and key encipherment; check that the authority's template does not"
                    + " replace what the request asks for."),
    NO_SERVER_AUTHENTICATION(
            Status.FAIL,
            "Send a new request with server authentication as enhanced key usage; check the authority's template."),
    NO_CLIENT_AUTHENTICATION(
            Status.FAIL,
            "Send a new request with client authentication as a second enhanced key usage, or set the stamp to no longer"
                    + " ask for it."),
    MISSES_CLIENT_AUTHENTICATION(
            Status.WARNING,
            "Older readiness checkers refuse this; run the one of the stamp's release, and have client authentication"
                    + " added where the authority still grants it."),

    KEY_NOT_RSA(Status.FAIL, "Send a new request for an RSA key of 2048 bits or more."),
    KEY_TOO_SHORT(Status.FAIL, "Send a new request for an RSA key of 2048 bits or more."),

    INVALID_PASSWORD(
            Status.FAIL,
            "Check the credential that holds the password; if it is right, the file was damaged: upload it again."),
    /** The advice of the exception goes with it. */
    NOT_READABLE(Status.FAIL, "Please refer to the documentation for how to create the required certificate file."),
    NO_INTEGRITY(
            Status.FAIL,
            "Export the file again with a MAC (with OpenSSL: without -nomac); Windows opens no file without one."),
    NOT_PRIVATE(
            Status.WARNING,
            "Export the file again with certificate privacy, so that its public part is encrypted too."),
    UNKNOWN_ENCRYPTION(Status.SKIPPED, "See PFX Encryption."),

    NO_PRIVATE_KEY(
            Status.FAIL,
            "Export again with the private key, on the machine that made the request and has the key in its store."),
    KEY_NOT_JOINED(
            Status.FAIL,
            "Export again, so that key and certificate carry the same local key id; include one key only."),
    KEY_NOT_READABLE(Status.FAIL, "Export again; key and file must have one password."),
    KEY_DOES_NOT_FIT(Status.FAIL, "Join the certificate with the key that its request was made with."),
    NOT_LOCAL_MACHINE(
            Status.FAIL,
            "Export from the local machine's store (with OpenSSL: -LMK), or repair the file with"
                    + " Repair-AzsPfxCertificate."),

    SELF_SIGNED(Status.FAIL, "Have the certificate issued by an enterprise or public authority."),
    CHAIN_NOT_WHOLE(
            Status.FAIL, "Export again and include all certificates in the certification path, up to the root."),

    WRONG_ORDER(
            Status.FAIL, "Export again only the certificate with its path: first it, then its issuer, the root last."),

    OTHER_CERTIFICATES(
            Status.FAIL, "Export again only the certificate with its path, or use Repair-AzsPfxCertificate."),
    /** Its checks failed before. */
    CHAIN_OR_NAMES_FAILED(Status.SKIPPED, "See Cert Chain and DNS Names."),

    NO_HTTP_CRL(
            Status.WARNING,
            "Have the authority publish its revocation list over HTTP; without one the stamp can't check revocation."),
    CRL_NOT_REACHED(
            Status.FAIL,
            "Open outbound port 80 to the authority's web server, for the stamp too, and check that it publishes there."),
    CRL_NOT_READABLE(
            Status.FAIL, "Check what answers there: the authority's revocation list in DER belongs at this address."),
    REVOKED(Status.FAIL, "Have a new certificate issued: clients that check revocation refuse this one."),
    CRL_DOUBTFUL(
            Status.WARNING,
            "Have the authority publish a current list of its own at this address: clients that insist on one may refuse"
                    + " the certificate.");

    private final Status status;
    private final String remedy;

    Reason(final Status status, final String remedy) {
        this.status = status;
        this.remedy = remedy;
    }

    /** The status that a check with this reason has. */
    public Status status() {
        return status;
    }

    /** What to do next; empty if nothing has to be done. */
    public String remedy() {
        return remedy;
    }
}
