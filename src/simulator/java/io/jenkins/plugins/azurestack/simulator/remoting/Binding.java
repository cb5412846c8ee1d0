package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.clixml.PrimitiveType;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.simulator.remoting.Cmdlet.Parameter;
import io.jenkins.plugins.azurestack.simulator.remoting.PipelineText.Argument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Binds arguments to a cmdlet's parameters as PowerShell does, with PowerShell's errors. */
final class Binding {
    private static final int INVALID_ARGUMENT = 5;
    private static final int INVALID_DATA = 6;
    private static final String EXCEPTION = "System.Management.Automation.ParameterBindingException";
    private static final String ARGUMENT_EXCEPTION =
            "System.Management.Automation.ParameterBindingArgumentTransformationException";
    private static final String VALIDATION_EXCEPTION =
            "System.Management.Automation.ParameterBindingValidationException";

    /** What every advanced function takes. */
    private static final List<Parameter> COMMON = List.of(
            Parameter.ofSwitch("Verbose"),
            Parameter.ofSwitch("Debug"),
            Parameter.value("ErrorAction", "System.Management.Automation.ActionPreference"),
            Parameter.value("WarningAction", "System.Management.Automation.ActionPreference"),
            Parameter.value("InformationAction", "System.Management.Automation.ActionPreference"),
            Parameter.value("ErrorVariable", "System.String"),
            Parameter.value("WarningVariable", "System.String"),
            Parameter.value("InformationVariable", "System.String"),
            Parameter.value("OutVariable", "System.String"),
            Parameter.value("OutBuffer", "System.Int32"),
            Parameter.value("PipelineVariable", "System.String"));

    private static final Set<String> WHOLE_NUMBERS =
            Set.of("System.Int32", "System.Int64", "System.UInt32", "System.Int16", "System.Byte");

    private final Cmdlet cmdlet;
    private final Map<String, PsValue> bound = new LinkedHashMap<>();

    private Binding(final Cmdlet cmdlet) {
        this.cmdlet = cmdlet;
    }

    /** The parameters that every cmdlet has beside its own. */
    static List<Parameter> common() {
        return COMMON;
    }

    /**
     * Binds.
     *
     * @return values by the names that the cmdlet writes, in the order of the call
     * @throws TerminatingError if they don't fit
     */
    static Map<String, PsValue> bind(final Cmdlet cmdlet, final List<Argument> arguments) throws TerminatingError {
        final Binding binding = new Binding(cmdlet);
        for (final Argument argument : arguments) {
            if (argument.name().isPresent()) {
                binding.byName(argument.name().get(), argument.value());
            }
        }
        binding.byPosition(arguments.stream()
                .filter(argument -> argument.name().isEmpty())
                .map(Argument::value)
                .toList());
        binding.checkMandatory();
        return binding.bound;
    }

    private void byName(final String name, final PsValue value) throws TerminatingError {
        final Parameter parameter = named(name);
        if (bound.containsKey(parameter.name())) {
            throw error(
                    "Cannot bind parameter because parameter '" + parameter.name()
                            + "' is specified more than once. To provide multiple values to parameters that can accept"
                            + " multiple values, use the array syntax. For example, \"-parameter"
                            + " value1,value2,value3\".",
                    "ParameterAlreadyBound");
        }
        bound.put(parameter.name(), converted(parameter, value));
    }

    private Parameter named(final String name) throws TerminatingError {
        final List<Parameter> begun = new ArrayList<>();
        for (final Parameter parameter : all()) {
            if (parameter.name().equalsIgnoreCase(name)) {
                return parameter;
            }
            if (parameter.name().regionMatches(true, 0, name, 0, name.length())) {
                begun.add(parameter);
            }
        }
        if (begun.size() == 1) {
            return begun.get(0);
        }
        if (begun.isEmpty()) {
            throw error(
                    "A parameter cannot be found that matches parameter name '" + name + "'.",
                    "NamedParameterNotFound");
        }
        final StringBuilder matches = new StringBuilder();
        begun.forEach(parameter -> matches.append(" -").append(parameter.name()));
        throw error(
                "Parameter cannot be processed because the parameter name '" + name
                        + "' is ambiguous. Possible matches include:" + matches + ".",
                "AmbiguousParameter");
    }

    private List<Parameter> all() {
        final List<Parameter> all = new ArrayList<>(cmdlet.parameters());
        all.addAll(COMMON);
        return all;
    }

    private void byPosition(final List<PsValue> values) throws TerminatingError {
        final List<Parameter> places = cmdlet.parameters().stream()
                .filter(parameter -> parameter.position() >= 0 && !bound.containsKey(parameter.name()))
                .sorted(Comparator.comparingInt(Parameter::position))
                .toList();
        for (int i = 0; i < values.size(); i++) {
            if (i >= places.size()) {
                throw error(
                        "A positional parameter cannot be found that accepts argument '"
                                + values.get(i).asString() + "'.",
                        "PositionalParameterNotFound");
            }
            bound.put(places.get(i).name(), converted(places.get(i), values.get(i)));
        }
    }

    private void checkMandatory() throws TerminatingError {
        final List<String> missing = cmdlet.parameters().stream()
                .filter(parameter -> parameter.mandatory() && !bound.containsKey(parameter.name()))
                .map(Parameter::name)
                .toList();
        if (!missing.isEmpty()) {
            throw error(
                    "Cannot process command because of one or more missing mandatory parameters: "
                            + String.join(" ", missing) + ".",
                    "MissingMandatoryParameter");
        }
    }

    private PsValue converted(final Parameter parameter, final PsValue value) throws TerminatingError {
        return switch (parameter.kind()) {
            case SWITCH -> converted(parameter, value.isNull() ? PsPrimitive.of(true) : value, truth(value));
            case SECURE_STRING -> converted(parameter, value, secret(value));
            case CREDENTIAL ->
                converted(parameter, value, secret(value.property("Password")).map(password -> value));
            case VALUE -> value(parameter, value);
        };
    }

    private static Optional<PsValue> truth(final PsValue value) {
        if (value.isNull()) {
            return Optional.of(PsPrimitive.of(true));
        }
        // A SwitchParameter that a client passes on is an object with this property.
        final PsValue present = value.property("IsPresent").isNull() ? value : value.property("IsPresent");
        return present.primitive()
                .filter(primitive -> primitive.type() == PrimitiveType.BOOLEAN)
                .map(PsValue.class::cast);
    }

    /** A secret that was encrypted before there was a key is none. */
    private static Optional<PsValue> secret(final PsValue value) {
        final PsValue bare = value instanceof PsObject object ? object.base().orElse(value) : value;
        return bare instanceof PsSecureString secret && !secret.isSealed() ? Optional.of(secret) : Optional.empty();
    }

    private PsValue converted(final Parameter parameter, final PsValue given, final Optional<PsValue> converted)
            throws TerminatingError {
        if (converted.isPresent()) {
            return converted.get();
        }
        if (given.isNull()) {
            throw validation(parameter, "it is null.", "ParameterArgumentValidationErrorNullNotAllowed");
        }
        throw new TerminatingError(
                "Cannot process argument transformation on parameter '" + parameter.name() + "'. Cannot convert the \""
                        + given.asString() + "\" value of type \"" + typeName(given) + "\" to type \""
                        + parameter.type() + "\".",
                ARGUMENT_EXCEPTION,
                "ParameterArgumentTransformationError," + cmdlet.name(),
                INVALID_DATA,
                cmdlet.name(),
                "",
                "");
    }

    private PsValue value(final Parameter parameter, final PsValue value) throws TerminatingError {
        final String type = parameter.type();
        if (parameter.mandatory()
                && type.equals("System.String")
                && value.asString().isEmpty()) {
            throw validation(
                    parameter, "it is an empty string.", "ParameterArgumentValidationErrorEmptyStringNotAllowed");
        }
        if (value.isNull()) {
            return value;
        }
        if (WHOLE_NUMBERS.contains(type)) {
            return converted(parameter, value, number(value));
        }
        if (type.equals("System.String") || type.equals("System.String[]")) {
            return converted(parameter, value, value instanceof PsSecureString ? Optional.empty() : Optional.of(value));
        }
        return value;
    }

    private static Optional<PsValue> number(final PsValue value) {
        try {
            return value.primitive()
                            .filter(primitive -> primitive.type().isInteger())
                            .isPresent()
                    ? Optional.of(value)
                    : Optional.of(PsPrimitive.of(Long.parseLong(value.asString().strip())));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String typeName(final PsValue value) {
        if (value instanceof PsObject object && !object.typeNames().isEmpty()) {
            return object.typeNames().get(0);
        }
        if (value instanceof PsSecureString) {
            return "System.Security.SecureString";
        }
        return value.primitive()
                .map(primitive -> switch (primitive.type()) {
                    case STRING -> "System.String";
                    case BOOLEAN -> "System.Boolean";
                    case INT32 -> "System.Int32";
                    case INT64 -> "System.Int64";
                    case DOUBLE -> "System.Double";
                    default ->
                        "System."
                                + primitive.type().name().charAt(0)
                                + primitive.type().name().substring(1).toLowerCase(Locale.ROOT);
                })
                .orElse("System.Object");
    }

    private TerminatingError validation(final Parameter parameter, final String why, final String id) {
        return new TerminatingError(
                "Cannot bind argument to parameter '" + parameter.name() + "' because " + why,
                VALIDATION_EXCEPTION,
                id + "," + cmdlet.name(),
                INVALID_DATA,
                cmdlet.name(),
                "",
                "");
    }

    private TerminatingError error(final String message, final String id) {
        return new TerminatingError(
                message, EXCEPTION, id + "," + cmdlet.name(), INVALID_ARGUMENT, cmdlet.name(), "", "");
    }
}
