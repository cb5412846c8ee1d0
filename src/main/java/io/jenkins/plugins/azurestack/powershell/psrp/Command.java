package io.jenkins.plugins.azurestack.powershell.psrp;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One command of a pipeline. Prints its name at most: parameters may be secret.
 *
 * @param text a command's bare name, or a script
 * @param isScript whether the text is a script, which a no-language session refuses
 * @param parameters in order
 * @param errorsToOutput whether errors go to the output stream ({@code 2>&1})
 */
record Command(String text, boolean isScript, List<Parameter> parameters, boolean errorsToOutput) {
    Command {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a command has a name, a script has text");
        }
        parameters = List.copyOf(parameters);
    }

    boolean isSecret() {
        return parameters.stream().anyMatch(parameter -> parameter.argument.isSecret());
    }

    @Override
    public String toString() {
        return isScript ? "a script" : text;
    }

    /** A named parameter or, without a name, a positional argument. */
    static final class Parameter {
        private final String name;
        private final Argument argument;

        Parameter(String name, Argument argument) {
            this.name = name;
            this.argument = Objects.requireNonNull(argument, "argument");
        }

        Optional<String> name() {
            return Optional.ofNullable(name);
        }

        Argument argument() {
            return argument;
        }

        @Override
        public String toString() {
            return name == null ? "an argument" : "-" + name;
        }
    }
}
