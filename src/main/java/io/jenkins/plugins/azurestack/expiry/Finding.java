package io.jenkins.plugins.azurestack.expiry;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One thing the report says: the state of one certificate or other secret, or something that is wrong with it or could not be seen. Its
 * texts are made printable, wherever they come from.
 *
 * @param kind what sort of statement it is
 * @param severity how much it matters, after exclusions and the rules for what is unknown
 * @param name what it is about in the operator's words: a folder, an endpoint, a credential
 * @param message what was found; one line
 * @param advice what to do next; one line, empty if nothing
 * @param certificate the certificate it is about, if one was seen
 * @param thumbprint the upper-case SHA-1 of the certificate it is about, seen or only told of; empty if none is known
 * @param notAfter when it ends, if that is known: the earliest date in the chain, or the last known one
 * @param seenAt every place it was seen at, or told of
 */
public record Finding(
        Kind kind,
        Severity severity,
        String name,
        String message,
        String advice,
        Optional<CertificateChain> certificate,
        String thumbprint,
        Optional<Instant> notAfter,
        List<Target> seenAt) {

    private static final int LONGEST = 1000;

    /** About a certificate that was seen, or about none. */
    public Finding(
            final Kind kind,
            final Severity severity,
            final String name,
            final String message,
            final String advice,
            final Optional<CertificateChain> certificate,
            final Optional<Instant> notAfter,
            final List<Target> seenAt) {
        this(
                kind,
                severity,
                name,
                message,
                advice,
                certificate,
                certificate.map(CertificateChain::thumbprint).orElse(""),
                notAfter,
                seenAt);
    }

    public Finding {
        name = Text.printable(name, LONGEST);
        message = Text.printable(message, LONGEST);
        advice = Text.printable(advice, LONGEST);
        seenAt = List.copyOf(seenAt);
    }

    /** The sorts of findings. */
    public enum Kind {
        /**
         * When a certificate or another secret ends, or that nobody says when; everything that was seen or told of has
         * exactly one.
         */
        EXPIRY,
        /** A target could not be seen. */
        UNKNOWN,
        /** The chain as presented has a gap. */
        CHAIN_INCOMPLETE,
        /** No path leads to a root that is trusted. */
        UNTRUSTED,
        /** The certificate does not cover the name it is served under or stored for. */
        NAME_MISMATCH,
        /** A key, signature or usage that the PKI requirements forbid. */
        PKI_RULE,
        /** One certificate serves several folders. */
        SHARED,
        /** The endpoints of one folder serve different certificates. */
        SERVED_DIFFERENTLY,
        /** The stored certificate is not the one that is served. */
        STORED_DIFFERS,
        /** Two places say different things about one certificate. */
        DISAGREEMENT,
        /** A source was not asked: it has nothing configured, or its question has to wait. */
        NOT_ASKED,
        /** The memory of earlier checks could not be read or written. */
        MEMORY,
        /** An exclusion names nothing that exists. */
        EXCLUSION_UNUSED
    }

    /** Whether this says that something could not be seen. */
    public boolean isUnknown() {
        return kind == Kind.UNKNOWN;
    }
}
