package io.jenkins.plugins.azurestack.arm;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An alert of the stamp. Whatever it does not say is empty.
 *
 * @param id the alert's id
 * @param title in the stamp's language, mostly English
 * @param severity as far as it is understood
 * @param active whether it is open
 * @param faultTypeId such as {@code CertificateExpiration.InternalCert.Warning}
 * @param created when it opened
 * @param closed when it was closed, if it is
 * @param impacted what it is about, such as {@code AZS-XRP01}
 * @param description its fragments joined, lines apart
 * @param remediation its fragments joined, lines apart
 * @param certificates those it names by thumbprint
 * @param properties its own, without those that describe certificates
 */
public record Alert(
        String id,
        String title,
        Severity severity,
        boolean active,
        String faultTypeId,
        Optional<Instant> created,
        Optional<Instant> closed,
        String impacted,
        String description,
        String remediation,
        List<AlertedCertificate> certificates,
        Map<String, String> properties) {
    private static final String EXPIRY_FAULT = "certificateexpiration.";
    private static final String BMC_FAULT = "bmcalive.";
    private static final Set<String> EXPIRY_TITLES = Set.of(
            "pending external certificate expiration",
            "pending internal certificate expiration",
            "pending service account password expiration");

    public Alert {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(faultTypeId, "faultTypeId");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(closed, "closed");
        Objects.requireNonNull(impacted, "impacted");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(remediation, "remediation");
        certificates = List.copyOf(certificates);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** How bad it is. */
    public enum Severity {
        /** A word that is not known here, or none. */
        UNKNOWN,
        WARNING,
        CRITICAL
    }

    /**
     * Whether a secret is near its end: by the type of the fault, or by one of the three documented titles, since one of
     * them comes with a type that no source names.
     */
    public boolean isExpiry() {
        return faultTypeId.toLowerCase(Locale.ROOT).startsWith(EXPIRY_FAULT)
                || EXPIRY_TITLES.contains(title.trim().toLowerCase(Locale.ROOT));
    }

    /** Whether a BMC does not answer to the stamp; {@link #property} {@code nodeName} says which. */
    public boolean isBmc() {
        return faultTypeId.toLowerCase(Locale.ROOT).startsWith(BMC_FAULT);
    }

    /** A property by its name in any case. */
    public Optional<String> property(final String name) {
        return properties.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
