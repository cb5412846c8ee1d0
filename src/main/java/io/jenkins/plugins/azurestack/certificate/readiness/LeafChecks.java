package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.PkiRule;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The checks of the certificate itself. */
final class LeafChecks {
    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

    private LeafChecks() {}

    static Outcome expiry(final Candidate.Opened opened) {
        final CertificateChain chain = opened.chain();
        final Instant now = opened.wanted().now();
        final Duration least = opened.wanted().settings().leastValidity();
        if (chain.notAfter().isBefore(now.plus(least))) {
            final X509Certificate first = chain.endsFirst();
            final String which = first.equals(chain.leaf())
                    ? "The certificate"
                    : "'" + first.getSubjectX500Principal().getName() + "' in the chain";
            final String when = chain.notAfter().isBefore(now) ? " ended on " : " ends on ";
            return Outcome.of(
                    Reason.ENDS_TOO_SOON,
                    which + when + chain.notAfter() + ", and " + least.toDays() + " days must be left.");
        }
        return byRules(opened, Map.of(PkiRule.NOT_YET_VALID, Reason.NOT_YET_VALID), "until " + chain.notAfter());
    }

    static Outcome signature(final Candidate.Opened opened) {
        return byRules(
                opened,
                Map.of(PkiRule.WEAK_SIGNATURE, Reason.WEAK_SIGNATURE),
                opened.leaf().getSigAlgName());
    }

    static Outcome dnsNames(final Candidate.Opened opened) {
        final CertificateChain chain = opened.chain();
        final List<String> missing = opened.wanted().requiredNames().stream()
                .filter(name -> !opened.wanted().isCovered(chain, name))
                .toList();
        final String records = String.join(", ", chain.dnsNames());
        return missing.isEmpty()
                ? Outcome.met(records)
                : Outcome.of(
                        Reason.MISSING_RECORD,
                        missing.stream()
                                .map(name -> "The certificate records '" + records
                                        + "' do not contain a record that is valid for '" + name + "'.")
                                .collect(Collectors.joining(" ")));
    }

    static Outcome keyUsage(final Candidate.Opened opened) {
        final Map<PkiRule, Reason> rules = new LinkedHashMap<>();
        rules.put(PkiRule.KEY_USAGE, Reason.WRONG_KEY_USAGE);
        rules.put(PkiRule.SERVER_AUTHENTICATION, Reason.NO_SERVER_AUTHENTICATION);
        final Outcome byRules =
                byRules(opened, rules, "Digital signature, key encipherment and server authentication.");
        final ClientAuthentication client = opened.wanted().settings().clientAuthentication();
        if (byRules.status() != Status.OK
                || client == ClientAuthentication.NOT_ASKED
                || purposes(opened.leaf()).contains(CLIENT_AUTHENTICATION)) {
            return byRules;
        }
        final Reason reason = client == ClientAuthentication.REQUIRED
                ? Reason.NO_CLIENT_AUTHENTICATION
                : Reason.MISSES_CLIENT_AUTHENTICATION;
        return Outcome.of(
                reason, "The enhanced key usage lacks client authentication (" + CLIENT_AUTHENTICATION + ").");
    }

    private static List<String> purposes(final X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getExtendedKeyUsage()).orElse(List.of());
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    static Outcome keyLength(final Candidate.Opened opened) {
        final Map<PkiRule, Reason> rules = new LinkedHashMap<>();
        rules.put(PkiRule.KEY_NOT_RSA, Reason.KEY_NOT_RSA);
        rules.put(PkiRule.KEY_TOO_SHORT, Reason.KEY_TOO_SHORT);
        return byRules(
                opened,
                rules,
                () -> ((RSAPublicKey) opened.leaf().getPublicKey()).getModulus().bitLength() + " bits");
    }

    private static Outcome byRules(final Candidate.Opened opened, final Map<PkiRule, Reason> rules, final String met) {
        return byRules(opened, rules, () -> met);
    }

    /** The first rule that the chain breaks, if any; the messages of rules are parts of sentences. */
    private static Outcome byRules(
            final Candidate.Opened opened, final Map<PkiRule, Reason> rules, final Supplier<String> met) {
        for (final Map.Entry<PkiRule, Reason> entry : rules.entrySet()) {
            final Optional<String> violation =
                    entry.getKey().violation(opened.chain(), opened.wanted().now());
            if (violation.isPresent()) {
                return Outcome.of(entry.getValue(), sentence(violation.get()));
            }
        }
        return Outcome.met(met.get());
    }

    static String sentence(final String part) {
        return part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1) + ".";
    }
}
