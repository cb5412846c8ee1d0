package io.jenkins.plugins.azurestack.arm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a stamp's open alerts say about secrets near their end. The stamp opens one for each machine, so that one
 * certificate is in many: here it is one, by its thumbprint in any case.
 *
 * @param certificates each once, in the order in which they were first named
 * @param others alerts that name no thumbprint, as that of a service account
 */
public record ExpiryAlerts(List<Certificate> certificates, List<Alert> others) {
    public ExpiryAlerts {
        certificates = List.copyOf(certificates);
        others = List.copyOf(others);
    }

    /**
     * A certificate that alerts are open for.
     *
     * @param certificate what they say of it together
     * @param alerts at least one
     */
    public record Certificate(AlertedCertificate certificate, List<Alert> alerts) {
        public Certificate {
            alerts = List.copyOf(alerts);
        }

        /** The worst that any of them says. */
        public Alert.Severity severity() {
            return alerts.stream().map(Alert::severity).max(Enum::compareTo).orElse(Alert.Severity.UNKNOWN);
        }

        /** The machines that hold it, and other things that the alerts are about. */
        public List<String> holders() {
            return alerts.stream()
                    .map(Alert::impacted)
                    .filter(name -> !name.isEmpty())
                    .distinct()
                    .toList();
        }

        private Certificate and(final Certificate other) {
            final List<Alert> both = new ArrayList<>(alerts);
            both.addAll(other.alerts);
            return new Certificate(certificate.completedBy(other.certificate), both);
        }
    }

    /** Of the open ones among those given, those about expiry. */
    public static ExpiryAlerts of(final Collection<Alert> alerts) {
        final Map<String, Certificate> certificates = new LinkedHashMap<>();
        final List<Alert> others = new ArrayList<>();
        for (final Alert alert : alerts) {
            if (!alert.active() || !alert.isExpiry()) {
                continue;
            }
            if (alert.certificates().isEmpty()) {
                others.add(alert);
            }
            for (final AlertedCertificate certificate : alert.certificates()) {
                certificates.merge(
                        certificate.thumbprint(), new Certificate(certificate, List.of(alert)), Certificate::and);
            }
        }
        return new ExpiryAlerts(List.copyOf(certificates.values()), others);
    }
}
