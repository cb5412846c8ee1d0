package io.jenkins.plugins.azurestack.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the views of evidence files have in common: reading them leniently, and cutting long lists. Stateless. */
final class Rows {
    /** More rows than this in one table help nobody; the file has all. */
    static final int MOST = 200;

    private Rows() {}

    static String text(final JsonNode node, final String field) {
        return node.path(field).asText("");
    }

    static List<String> texts(final JsonNode array) {
        final List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText("")));
        return texts;
    }

    /** A moment; empty if there is none, or none that can be read. */
    static Optional<Instant> moment(final JsonNode node, final String field) {
        try {
            return Optional.of(Instant.parse(text(node, field)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static String minute(final JsonNode node, final String field) {
        return moment(node, field).map(Phrases::minute).orElse("");
    }

    static String date(final JsonNode node, final String field) {
        return moment(node, field).map(Phrases::date).orElse("");
    }

    /** A fingerprint by which people tell two apart. */
    static String shortened(final String fingerprint) {
        return CertificateChain.masked(fingerprint).replaceAll("[*]+", "\u2026");
    }

    /** A table's rows, the first {@value #MOST} of them, and how many there are besides. */
    static void put(
            final Map<String, Object> map,
            final String name,
            final List<JsonNode> nodes,
            final Function<JsonNode, Map<String, Object>> row) {
        final List<Object> rows = new ArrayList<>();
        nodes.stream().limit(MOST).map(row).forEach(rows::add);
        map.put(name, rows);
        map.put(name + "More", (long) nodes.size() - rows.size());
    }

    static List<JsonNode> list(final JsonNode array) {
        final List<JsonNode> nodes = new ArrayList<>();
        array.forEach(nodes::add);
        return nodes;
    }

    /** A word of ours as the name of a style. */
    static String css(final String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }
}
