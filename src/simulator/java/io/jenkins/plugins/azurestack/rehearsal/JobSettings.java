package io.jenkins.plugins.azurestack.rehearsal;

import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Options, triggers and build parameters as values: checks and describes what a Jenkinsfile made of them. */
final class JobSettings {
    /**
     * A build parameter with the value that a build started by its trigger has: the default.
     *
     * @param value a String or a Boolean
     */
    record Parameter(String name, Object value) {}

    private static final int LONGEST_ARGUMENT = 70;

    private JobSettings() {}

    /**
     * Binds a setting's arguments, and those of the settings inside.
     *
     * @throws WrongArgumentsException if they do not fit
     */
    static Signature.Bound check(final Sections.Word word) {
        final Signature signature = StructureCheck.nested(word.name())
                .orElseThrow(() -> new WrongArgumentsException("'" + word.name() + "' is not known here"));
        final Signature.Bound bound = signature.bind(word.arguments().toArray());
        bound.values().values().forEach(value -> {
            if (value instanceof Sections.Word inner) {
                check(inner);
            }
            if (value instanceof List<?> list) {
                list.stream()
                        .filter(Sections.Word.class::isInstance)
                        .map(Sections.Word.class::cast)
                        .forEach(JobSettings::check);
            }
        });
        if ("cron".equals(word.name())) {
            CronSpec.complaint(bound.text("spec")).ifPresent(complaint -> {
                throw new WrongArgumentsException("cron: " + complaint);
            });
        }
        return bound;
    }

    /** The setting as a Jenkinsfile writes it. */
    static String text(final Sections.Word word) {
        return word.name()
                + word.arguments().stream().map(JobSettings::value).collect(Collectors.joining(", ", "(", ")"));
    }

    /** Arguments by name, as a Jenkinsfile writes them, each shortened to a part of a line. */
    static String arguments(final Map<String, Object> values) {
        return values.entrySet().stream()
                .map(argument -> argument.getKey() + ": " + shortened(value(argument.getValue())))
                .collect(Collectors.joining(", "));
    }

    private static String shortened(final String text) {
        return Text.printable(text.replaceAll("\\s+", " "), LONGEST_ARGUMENT);
    }

    private static String value(final Object value) {
        if (value instanceof Sections.Word word) {
            return text(word);
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + value(entry.getValue()))
                    .collect(Collectors.joining(", "));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JobSettings::value).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof CharSequence ? "'" + value + "'" : String.valueOf(value);
    }

    /** The build parameter that a value of a Jenkinsfile is, if it is one. */
    static Optional<Parameter> parameter(final Object setting) {
        if (!(setting instanceof Sections.Word word)
                || Words.BUILD_PARAMETERS.stream().noneMatch(p -> p.name().equals(word.name()))) {
            return Optional.empty();
        }
        final Signature.Bound bound = check(word);
        final Object value =
                switch (word.name()) {
                    case "booleanParam" -> bound.flag("defaultValue");
                    case "choice" -> firstChoice(bound.values().get("choices"));
                    default -> bound.text("defaultValue");
                };
        return Optional.of(new Parameter(bound.text("name"), value));
    }

    /**
     * What a build parameter becomes where somebody gives it a value.
     *
     * @throws WrongArgumentsException if it is a choice, and the value is none of its choices
     */
    static Object given(final Sections.Word word, final String value) {
        if ("booleanParam".equals(word.name())) {
            return Boolean.valueOf(value);
        }
        final Object choices = check(word).values().get("choices");
        if ("choice".equals(word.name())
                && !(choices instanceof List<?> list
                                ? list.stream().map(String::valueOf).toList()
                                : String.valueOf(choices).lines().toList())
                        .contains(value)) {
            throw new WrongArgumentsException("--param: '" + value + "' is none of the choices " + choices);
        }
        return value;
    }

    private static String firstChoice(final Object choices) {
        if (choices instanceof List<?> list) {
            return list.isEmpty() ? "" : String.valueOf(list.get(0));
        }
        return String.valueOf(choices).lines().findFirst().orElse("");
    }
}
