package io.jenkins.plugins.azurestack.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads alerts as recordings show them: certificates under their thumbprints, which differ in case from those inside, and
 * again in sums joined by {@code "; "}; texts in fragments.
 */
final class AlertReader {
    private static final Pattern THUMBPRINT = Pattern.compile("[0-9A-Fa-f]{40}");
    private static final String THUMBPRINTS = "thumbPrintsOfCertificates";
    private static final int LONGEST = 4000;

    private AlertReader() {}

    static Alert read(final JsonNode resource) {
        final JsonNode properties = Json.field(resource, "properties");
        final Map<String, String> said = said(Json.field(properties, "alertProperties"));
        final List<AlertedCertificate> certificates = certificates(said);
        said.keySet().removeIf(key -> THUMBPRINT.matcher(key).matches() || key.contains("OfCertificates"));
        return new Alert(
                id(resource, properties),
                Json.text(properties, "title"),
                severity(Json.text(properties, "severity")),
                !Json.text(properties, "state").equalsIgnoreCase("Closed"),
                Json.text(properties, "faultTypeId"),
                Json.time(properties, "createdTimestamp"),
                Json.time(properties, "closedTimestamp"),
                Json.text(properties, "impactedResourceDisplayName"),
                joined(Json.field(properties, "description")),
                joined(Json.field(properties, "remediation")),
                certificates,
                said);
    }

    private static String id(final JsonNode resource, final JsonNode properties) {
        final String name = Json.text(resource, "name");
        return Json.optional(properties, "alertId").orElse(name.substring(name.lastIndexOf('/') + 1));
    }

    private static Alert.Severity severity(final String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "critical" -> Alert.Severity.CRITICAL;
            case "warning" -> Alert.Severity.WARNING;
            default -> Alert.Severity.UNKNOWN;
        };
    }

    private static Map<String, String> said(final JsonNode alertProperties) {
        final Map<String, String> said = new LinkedHashMap<>();
        alertProperties
                .properties()
                .forEach(field -> said.put(
                        Text.printable(field.getKey()),
                        field.getValue().isValueNode()
                                ? Text.printable(field.getValue().asText(), LONGEST)
                                : field.getValue().toString()));
        return said;
    }

    /** The entries under thumbprints first; what only the sums name is added from them. */
    private static List<AlertedCertificate> certificates(final Map<String, String> said) {
        final Map<String, AlertedCertificate> found = new LinkedHashMap<>();
        said.forEach((key, value) -> {
            if (THUMBPRINT.matcher(key).matches()) {
                add(found, described(key, value));
            }
        });
        final List<String> thumbprints = parts(said, THUMBPRINTS);
        for (int i = 0; i < thumbprints.size(); i++) {
            if (THUMBPRINT.matcher(thumbprints.get(i)).matches()) {
                add(
                        found,
                        new AlertedCertificate(
                                thumbprints.get(i),
                                part(said, "subjectNamesOfCertificates", i, thumbprints.size()),
                                part(said, "issuerNamesOfCertificates", i, thumbprints.size()),
                                part(said, "subjectAltNamesOfCertificates", i, thumbprints.size()),
                                Json.time(part(said, "expirationTimesOfCertificatesInUtc", i, thumbprints.size()))));
            }
        }
        return new ArrayList<>(found.values());
    }

    private static void add(final Map<String, AlertedCertificate> found, final AlertedCertificate certificate) {
        found.merge(certificate.thumbprint(), certificate, AlertedCertificate::completedBy);
    }

    private static AlertedCertificate described(final String thumbprint, final String text) {
        try {
            final JsonNode certificate = Json.parse(text.getBytes(StandardCharsets.UTF_8));
            return new AlertedCertificate(
                    thumbprint,
                    Json.text(certificate, "SubjectName"),
                    Json.text(certificate, "IssuerName"),
                    Json.text(certificate, "SubjectAltName"),
                    Json.time(certificate, "ExpirationTimeInUtc"));
        } catch (IOException e) {
            // The thumbprint is worth something by itself; the sums may say the rest.
            return new AlertedCertificate(thumbprint, "", "", "", Optional.<Instant>empty());
        }
    }

    private static List<String> parts(final Map<String, String> said, final String sum) {
        return said.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(sum))
                .findFirst()
                .map(entry -> List.of(entry.getValue().trim().split("\\s*;\\s*")))
                .orElse(List.of());
    }

    /** One part of a sum, if it has as many as there are certificates; which part is whose can't be told otherwise. */
    private static String part(final Map<String, String> said, final String sum, final int index, final int count) {
        final List<String> parts = parts(said, sum);
        return parts.size() == count ? parts.get(index) : "";
    }

    /** Fragments of a text, or a text. */
    private static String joined(final JsonNode fragments) {
        if (!fragments.isArray()) {
            return fragments.isTextual() ? Text.printable(fragments.asText(), LONGEST) : "";
        }
        final StringBuilder text = new StringBuilder();
        String link = "";
        for (final JsonNode fragment : fragments) {
            switch (Json.text(fragment, "type").toLowerCase(Locale.ROOT)) {
                case "newline" -> text.append('\n');
                case "linkbegin" -> link = Json.text(fragment, "uri");
                case "linkend" -> {
                    if (!link.isEmpty() && !text.toString().endsWith(link)) {
                        text.append(" (").append(link).append(')');
                    }
                    link = "";
                }
                default -> text.append(Json.text(fragment, "text"));
            }
        }
        return text.toString().strip();
    }
}
