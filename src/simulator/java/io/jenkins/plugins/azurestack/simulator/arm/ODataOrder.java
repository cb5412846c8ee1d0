package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Locale;

/** OData's $orderby: properties, each ascending unless it says {@code desc}. */
final class ODataOrder {
    private ODataOrder() {}

    /** @throws RefusedException with status 400 if it can't be read */
    static Comparator<JsonNode> parse(final String text) throws RefusedException {
        Comparator<JsonNode> order = Comparator.comparing(resource -> 0);
        for (final String part : text.split(",")) {
            final String[] words = part.trim().split("\\s+");
            final String direction = words.length > 1 ? words[1].toLowerCase(Locale.ROOT) : "asc";
            if (words.length > 2 || words[0].isEmpty() || !direction.matches("asc|desc")) {
                throw RefusedException.badRequest("The orderby expression '" + text + "' is not valid.");
            }
            final Comparator<JsonNode> one = (left, right) -> ODataFilter.order(
                    ODataFilter.read(left, words[0]).orElse(""),
                    ODataFilter.read(right, words[0]).orElse(""));
            order = order.thenComparing(direction.equals("desc") ? one.reversed() : one);
        }
        return order;
    }
}
