package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of OData's $filter that the documentation's samples use and what belongs to it: comparisons of a property with
 * a literal, joined by {@code and}, {@code or}, {@code not} and parentheses.
 */
final class ODataFilter {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<open>\\()|(?<close>\\))" + "|(?<text>(?:datetime)?'(?:[^']|'')*')|(?<word>[^\\s()']+))");
    private static final List<String> COMPARISONS = List.of("eq", "ne", "gt", "ge", "lt", "le");

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    private ODataFilter(final String text) throws RefusedException {
        this.text = text;
        final Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group().trim());
            end = matcher.end();
        }
        if (!text.substring(end).isBlank()) {
            throw bad();
        }
    }

    /** @throws RefusedException with status 400 if it can't be read */
    static Predicate<JsonNode> parse(final String text) throws RefusedException {
        final ODataFilter filter = new ODataFilter(text);
        final Predicate<JsonNode> parsed = filter.either();
        if (filter.at < filter.tokens.size()) {
            throw filter.bad();
        }
        return parsed;
    }

    private Predicate<JsonNode> either() throws RefusedException {
        Predicate<JsonNode> left = both();
        while (accept("or")) {
            left = left.or(both());
        }
        return left;
    }

    private Predicate<JsonNode> both() throws RefusedException {
        Predicate<JsonNode> left = one();
        while (accept("and")) {
            left = left.and(one());
        }
        return left;
    }

    private Predicate<JsonNode> one() throws RefusedException {
        if (accept("not")) {
            return one().negate();
        }
        if (accept("(")) {
            final Predicate<JsonNode> inner = either();
            if (!accept(")")) {
                throw bad();
            }
            return inner;
        }
        final String path = next();
        final String comparison = next().toLowerCase(Locale.ROOT);
        final String literal = next();
        if (!COMPARISONS.contains(comparison)) {
            throw bad();
        }
        return resource -> compares(read(resource, path), comparison, value(literal));
    }

    private boolean accept(final String word) {
        if (at < tokens.size() && tokens.get(at).equalsIgnoreCase(word)) {
            at++;
            return true;
        }
        return false;
    }

    private String next() throws RefusedException {
        if (at >= tokens.size()) {
            throw bad();
        }
        return tokens.get(at++);
    }

    private RefusedException bad() {
        return RefusedException.badRequest("The filter expression '" + text + "' is not valid.");
    }

    private static boolean compares(final Optional<String> value, final String comparison, final String literal) {
        if (literal.equals("null") || value.isEmpty()) {
            final boolean same = literal.equals("null") && value.isEmpty();
            return comparison.equals("eq") ? same : comparison.equals("ne") && !same;
        }
        final int order = order(value.get(), literal);
        return switch (comparison) {
            case "eq" -> order == 0;
            case "ne" -> order != 0;
            case "gt" -> order > 0;
            case "ge" -> order >= 0;
            case "lt" -> order < 0;
            default -> order <= 0;
        };
    }

    /** As times or as numbers if both are, as text otherwise. */
    static int order(final String left, final String right) {
        try {
            return Instant.parse(left).compareTo(Instant.parse(right));
        } catch (DateTimeParseException notTimes) {
            try {
                return new BigDecimal(left).compareTo(new BigDecimal(right));
            } catch (NumberFormatException notNumbers) {
                return left.compareTo(right);
            }
        }
    }

    private static String value(final String literal) {
        final int quote = literal.indexOf('\'');
        return quote < 0
                ? literal
                : literal.substring(quote + 1, literal.length() - 1).replace("''", "'");
    }

    /** A property by its path, in any case. */
    static Optional<String> read(final JsonNode resource, final String path) {
        JsonNode node = resource;
        for (final String name : path.split("/")) {
            JsonNode found = null;
            final var fields = node.fieldNames();
            while (fields.hasNext()) {
                final String field = fields.next();
                found = field.equalsIgnoreCase(name) ? node.get(field) : found;
            }
            if (found == null || found.isNull()) {
                return Optional.empty();
            }
            node = found;
        }
        return Optional.of(node.asText());
    }
}
