package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object as text: one without a format of its own becomes a list of its properties. Pure functions. */
final class DisplayText {
    private DisplayText() {}

    /** The lines, without their ends. */
    static List<String> lines(final PsValue value) {
        final Map<String, PsValue> properties = new LinkedHashMap<>();
        if (value instanceof PsObject object) {
            properties.putAll(object.adapted());
            properties.putAll(object.extended());
        }
        if (properties.isEmpty() || value.primitive().isPresent()) {
            return value.items().isEmpty()
                    ? List.of(value.asString().split("\r?\n", -1))
                    : value.items().stream()
                            .flatMap(item -> lines(item).stream())
                            .toList();
        }
        return list(properties);
    }

    private static List<String> list(final Map<String, PsValue> properties) {
        final int width =
                properties.keySet().stream().mapToInt(String::length).max().orElse(0);
        final List<String> lines = new ArrayList<>();
        // Format-List puts two empty lines around each object.
        lines.add("");
        lines.add("");
        properties.forEach((name, value) -> lines.add(name + " ".repeat(width - name.length()) + " : " + text(value)));
        lines.add("");
        lines.add("");
        return lines;
    }

    private static String text(final PsValue value) {
        return value.items().isEmpty()
                ? value.asString()
                : "{"
                        + String.join(
                                ", ",
                                value.items().stream().map(PsValue::asString).toList()) + "}";
    }
}
