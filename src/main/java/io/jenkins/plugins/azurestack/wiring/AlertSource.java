package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.arm.Alert;
import io.jenkins.plugins.azurestack.arm.AlertedCertificate;
import io.jenkins.plugins.azurestack.arm.ExpiryAlerts;
import io.jenkins.plugins.azurestack.arm.ResourceManager;
import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.expiry.ExpirySource;
import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Sighting;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads the stamp's open alerts about expiry: all that can be known of its internal secrets from outside, and only in the
 * last 90 days of their lives (30 before 1906).
 */
final class AlertSource {
    /** The source's name. */
    static final String NAME = "alerts";

    private static final String INVISIBLE =
            "the stamp opens one 90 days before their end (30 before version 1906), and nothing can be known earlier";
    /** The two texts contradict each other; an operator has to know both. */
    private static final String ACCOUNT =
            "Microsoft says two things about this alert: its support article, to open a support case at once (from version"
                    + " 1807 on); its page on rotation, that a completed secret rotation resolves it. Ask support before"
                    + " you rotate for it.";

    private static final String INTERNAL =
            "Run the stamp's internal secret rotation (azsRotateSecrets scope: 'internal', or Start-SecretRotation -Internal"
                    + " at the privileged endpoint) before it ends.";
    private static final String EXTERNAL =
            "Prepare a new set and run the stamp's external secret rotation (azsRotateSecrets scope: 'external', or"
                    + " Start-SecretRotation at the privileged endpoint).";

    private AlertSource() {}

    static ExpirySource of(final Stamp stamp, final ResourceManagerAccess manager) {
        return new ResourceManagerSource<>(
                NAME,
                stamp,
                manager,
                "the stamp's alerts",
                ResourceManager::activeAlerts,
                (target, alerts) -> sightings(target, ExpiryAlerts.of(alerts)));
    }

    /** One for each certificate and each alert without one, and one for all internal secrets that no alert names. */
    static List<Sighting> sightings(final Target target, final ExpiryAlerts open) {
        final List<Sighting> sightings = new ArrayList<>();
        boolean quiet = true;
        for (final ExpiryAlerts.Certificate certificate : open.certificates()) {
            sightings.add(told(target, certificate));
            quiet &= About.of(certificate.alerts().get(0)) == About.EXTERNAL;
        }
        for (final Alert alert : open.others()) {
            sightings.add(told(target, alert));
            quiet &= About.of(alert) == About.EXTERNAL;
        }
        sightings.add(new Sighting.Told(
                target,
                "internal secrets",
                "",
                Optional.empty(),
                Severity.OK,
                false,
                (quiet ? "no alert about them is open; " : "no other alert about them is open; ") + INVISIBLE,
                ""));
        return sightings;
    }

    private static Sighting told(final Target target, final ExpiryAlerts.Certificate named) {
        final About about = About.of(named.alerts().get(0));
        final AlertedCertificate certificate = named.certificate();
        return new Sighting.Told(
                target,
                (certificate.subject().isEmpty()
                                ? CertificateChain.masked(certificate.thumbprint())
                                : certificate.subject())
                        + about.suffix,
                certificate.thumbprint(),
                certificate.ends(),
                severity(named.severity()),
                about == About.EXTERNAL,
                "the stamp has " + count(named.alerts().size()) + " open for it, " + word(named.severity())
                        + (named.holders().isEmpty() ? "" : ", on " + String.join(", ", named.holders())),
                about.advice);
    }

    private static Sighting told(final Target target, final Alert alert) {
        final String said = alert.description().lines().collect(Collectors.joining(" "));
        return new Sighting.Told(
                target,
                "alert " + alert.id(),
                "",
                Optional.empty(),
                severity(alert.severity()),
                false,
                alert.title() + " (" + word(alert.severity()) + ")"
                        + (alert.impacted().isEmpty() ? "" : " on " + alert.impacted())
                        + (said.isEmpty() ? "" : ": " + said),
                About.of(alert).advice);
    }

    private static String count(final int alerts) {
        return alerts == 1 ? "an alert" : alerts + " alerts";
    }

    private static String word(final Alert.Severity severity) {
        return severity == Alert.Severity.UNKNOWN ? "of a severity that is not understood" : severity.name();
    }

    /** What is not understood is worth a warning. */
    private static Severity severity(final Alert.Severity severity) {
        return severity == Alert.Severity.CRITICAL ? Severity.CRITICAL : Severity.WARNING;
    }

    /** Which secrets an alert is about. */
    private enum About {
        EXTERNAL(" (external)", AlertSource.EXTERNAL),
        INTERNAL(" (internal)", AlertSource.INTERNAL),
        ACCOUNT(" (service account)", AlertSource.ACCOUNT);

        private final String suffix;
        private final String advice;

        About(final String suffix, final String advice) {
            this.suffix = suffix;
            this.advice = advice;
        }

        /** By the type of its fault or else its title, one of which is always in English. */
        static About of(final Alert alert) {
            final String words = (alert.faultTypeId() + " " + alert.title()).toLowerCase(Locale.ROOT);
            if (words.contains("external")) {
                return EXTERNAL;
            }
            return words.contains("service account") || words.contains("serviceaccount") ? ACCOUNT : INTERNAL;
        }
    }
}
