package io.jenkins.plugins.azurestack.simulator.redfish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The query parameters of a reading: {@code only}, {@code $expand} by one level, and {@code $select}. */
final class Query {
    private static final String ID = "@odata.id";
    private static final String MEMBERS = "Members";

    private final Map<String, String> parameters;
    private final Function<String, Optional<ObjectNode>> reader;

    /** @param reader reads what a link leads to */
    Query(final Map<String, String> parameters, final Function<String, Optional<ObjectNode>> reader) {
        this.parameters = parameters;
        this.reader = reader;
    }

    /**
     * Applies the query to a resource. What does not begin with {@code $} and is not known is ignored (DSP0266 7.3).
     *
     * @throws RefusedException if it asks for what is not supported
     */
    ObjectNode apply(final ObjectNode resource, final Firmware firmware) throws RefusedException {
        for (final String name : parameters.keySet()) {
            final boolean known = List.of("$select", "$expand", "only").contains(name);
            if (!firmware.answersQueries() && known || name.startsWith("$") && !known) {
                throw firmware.refusal(Reason.QUERY_NOT_SUPPORTED);
            }
        }
        ObjectNode answer = resource;
        if (parameters.containsKey("only") && answer.path(MEMBERS).size() == 1) {
            answer = target(answer.path(MEMBERS).get(0)).orElse(answer);
        }
        if (parameters.containsKey("$expand")) {
            expand(answer);
        }
        if (parameters.containsKey("$select")) {
            select(answer, List.of(parameters.get("$select").split(",")));
        }
        return answer;
    }

    private void expand(final ObjectNode resource) {
        if (resource.get(MEMBERS) instanceof ArrayNode members) {
            for (int i = 0; i < members.size(); i++) {
                final int at = i;
                target(members.get(i)).ifPresent(member -> members.set(at, member));
            }
            return;
        }
        for (final Map.Entry<String, JsonNode> field : resource.properties()) {
            if (field.getValue().size() == 1) {
                target(field.getValue()).ifPresent(field::setValue);
            }
        }
    }

    private Optional<ObjectNode> target(final JsonNode link) {
        return Optional.ofNullable(link.get(ID)).map(JsonNode::asText).flatMap(reader);
    }

    private static void select(final ObjectNode resource, final List<String> wanted) {
        final Iterator<String> names = resource.fieldNames();
        while (names.hasNext()) {
            final String name = names.next();
            if (!name.startsWith("@odata.") && !wanted.contains(name)) {
                names.remove();
            }
        }
    }
}
