package io.jenkins.plugins.azurestack.rehearsal;

import groovy.lang.Closure;
import groovy.lang.GString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a step, an option, a trigger or a build parameter may be given, and how Pipeline binds it: by name, or a single
 * unnamed value where only one is required; a block goes last.
 *
 * @param name the word a Jenkinsfile uses
 * @param parameters in the order in which messages list them
 * @param block whether it takes a block
 * @param branches whether it takes blocks under names of the caller's choice
 */
record Signature(String name, List<Parameter> parameters, boolean block, boolean branches) {
    Signature {
        parameters = List.copyOf(parameters);
    }

    /**
     * One thing it may be given.
     *
     * @param type the Java type that a value must have, or must be convertible to
     * @param element the type of the elements where {@code type} is a collection, otherwise Object
     */
    record Parameter(String name, Class<?> type, Class<?> element, boolean required) {}

    /**
     * Arguments as bound.
     *
     * @param values by parameter name, in the order given, each of its parameter's type
     * @param body the block; null if there was none
     */
    record Bound(Map<String, Object> values, Closure<?> body) {
        Bound {
            values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        String text(final String parameter) {
            return text(parameter, "");
        }

        String text(final String parameter, final String otherwise) {
            final Object value = values.get(parameter);
            return value == null ? otherwise : value.toString();
        }

        boolean flag(final String parameter) {
            return Boolean.TRUE.equals(values.get(parameter));
        }

        int number(final String parameter, final int otherwise) {
            return values.get(parameter) instanceof Integer number ? number : otherwise;
        }
    }

    static Signature of(final String name) {
        return new Signature(name, List.of(), false, false);
    }

    Signature needs(final String parameter, final Class<?> type) {
        return with(new Parameter(parameter, type, Object.class, true));
    }

    Signature takes(final String parameter, final Class<?> type) {
        return with(new Parameter(parameter, type, Object.class, false));
    }

    Signature withBlock() {
        return new Signature(name, parameters, true, false);
    }

    Signature withBranches() {
        return new Signature(name, parameters, false, true);
    }

    private Signature with(final Parameter parameter) {
        final List<Parameter> more = new ArrayList<>(parameters);
        more.add(parameter);
        return new Signature(name, more, block, branches);
    }

    /** The parameter that an unnamed value is for: the only one required, or the only one there is. */
    Optional<Parameter> sole() {
        final List<Parameter> required =
                parameters.stream().filter(Parameter::required).toList();
        if (required.size() == 1) {
            return Optional.of(required.get(0));
        }
        return required.isEmpty() && parameters.size() == 1 ? Optional.of(parameters.get(0)) : Optional.empty();
    }

    /**
     * Binds the arguments of a call.
     *
     * @param arguments as Groovy packs them: one map for the named ones, then unnamed ones, the block last
     * @throws WrongArgumentsException if one is unknown, missing or of the wrong type
     */
    Bound bind(final Object... arguments) {
        final List<Object> rest = new ArrayList<>(Arrays.asList(arguments));
        Closure<?> body = null;
        if (block && !rest.isEmpty() && rest.get(rest.size() - 1) instanceof Closure<?> last) {
            body = last;
            rest.remove(rest.size() - 1);
        }
        final Map<String, Object> given = named(rest);
        final List<String> complaints = new ArrayList<>();
        given.forEach((argument, value) -> unknown(argument, value).ifPresent(complaints::add));
        complaints.addAll(missing(given.keySet()));
        if (!complaints.isEmpty()) {
            throw new WrongArgumentsException(String.join("; ", complaints));
        }
        if (block && body == null) {
            throw new WrongArgumentsException(name + " needs a block { ... }");
        }
        final Map<String, Object> values = new LinkedHashMap<>();
        given.forEach((key, value) -> values.put(key, isBranch(key) ? value : coerce(key, value)));
        return new Bound(values, body);
    }

    private Map<String, Object> named(final List<Object> given) {
        final Map<String, Object> named = new LinkedHashMap<>();
        if (given.isEmpty()) {
            return named;
        }
        if (given.size() == 1 && given.get(0) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> named.put(String.valueOf(key), value));
            return named;
        }
        if (given.size() == 1 && sole().isPresent()) {
            named.put(sole().get().name(), given.get(0));
            return named;
        }
        throw new WrongArgumentsException(unnamed(given.size()));
    }

    /** What to say of unnamed arguments that cannot be told apart. */
    String unnamed(final int count) {
        if (parameters.isEmpty()) {
            return name + " takes no arguments, but got " + count;
        }
        final String one = sole().map(p -> " (only one value, for '" + p.name() + "', may come without a name)")
                .orElse("");
        return "the arguments of " + name + " must be named" + one + "; it knows " + known();
    }

    private Optional<String> unknown(final String argument, final Object value) {
        return isBranch(argument) && !(value instanceof Closure<?>)
                ? Optional.of(name + ": branch '" + argument + "' must be a block { ... }")
                : unknown(argument);
    }

    /** Whether a named argument is one of the caller's own. */
    boolean isBranch(final String argument) {
        return branches && parameter(argument).isEmpty();
    }

    /** What to say of a named argument that is not known; empty if it is. */
    Optional<String> unknown(final String argument) {
        return branches || parameter(argument).isPresent()
                ? Optional.empty()
                : Optional.of(name + " has no parameter '" + argument + "'" + Words.didYouMean(argument, names())
                        + "; it knows " + known());
    }

    /** What to say of a call that gives only these parameters. */
    List<String> missing(final Collection<String> given) {
        return parameters.stream()
                .filter(parameter -> parameter.required() && !given.contains(parameter.name()))
                .map(parameter -> name + " needs '" + parameter.name() + "'")
                .toList();
    }

    private List<String> names() {
        return parameters.stream().map(Parameter::name).toList();
    }

    private String known() {
        return parameters.isEmpty()
                ? "no parameters"
                : parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
    }

    private Optional<Parameter> parameter(final String wanted) {
        return parameters.stream().filter(p -> p.name().equals(wanted)).findFirst();
    }

    /**
     * Converts a value as Pipeline does: a GString becomes a String, a number another number type if nothing is lost, a
     * word an enum constant; a String never becomes a number or a boolean, nor the other way round.
     *
     * @throws WrongArgumentsException if the value does not fit
     */
    Object coerce(final String parameter, final Object value) {
        final Parameter wanted = parameter(parameter).orElseThrow();
        return coerce(wanted, value, wanted.type());
    }

    private Object coerce(final Parameter wanted, final Object value, final Class<?> type) {
        if (value == null) {
            if (type.isPrimitive()) {
                throw wrong(wanted, type, "null");
            }
            return null;
        }
        if (value instanceof GString text && type.isAssignableFrom(String.class)) {
            return text.toString();
        }
        if (value instanceof List<?> list
                && Collection.class.isAssignableFrom(type)
                && type.isAssignableFrom(List.class)) {
            return list.stream()
                    .map(element -> coerce(wanted, element, wanted.element()))
                    .collect(Collectors.toCollection(ArrayList::new));
        }
        final Class<?> boxed = boxed(type);
        if (boxed.isInstance(value)) {
            return value;
        }
        if (value instanceof Number number && Number.class.isAssignableFrom(boxed)) {
            return number(wanted, type, boxed, number);
        }
        if (value instanceof Map<?, ?> fields) {
            final Optional<? extends StepClass<?>> bound =
                    StepClass.ofArgument(type, name + ": '" + wanted.name() + "'");
            if (bound.isPresent()) {
                return bound.get()
                        .instantiate(bound.get().signature().bind(fields).values());
            }
        }
        if (value instanceof CharSequence text && boxed.isEnum()) {
            return Arrays.stream(boxed.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().contentEquals(text))
                    .findFirst()
                    .orElseThrow(() -> wrong(wanted, type, described(value)));
        }
        throw wrong(wanted, type, described(value));
    }

    private Number number(final Parameter wanted, final Class<?> type, final Class<?> boxed, final Number number) {
        final boolean whole = number.doubleValue() == number.longValue();
        if (boxed == Integer.class && whole && number.longValue() == number.intValue()) {
            return number.intValue();
        }
        if (boxed == Long.class && whole) {
            return number.longValue();
        }
        if (boxed == Double.class) {
            return number.doubleValue();
        }
        throw wrong(wanted, type, described(number));
    }

    private WrongArgumentsException wrong(final Parameter wanted, final Class<?> type, final String got) {
        return new WrongArgumentsException(
                name + ": '" + wanted.name() + "' expects " + expected(type) + " but got " + got);
    }

    private static String expected(final Class<?> type) {
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants());
        }
        return switch (boxed(type).getSimpleName()) {
            case "Integer", "Long" -> "a whole number";
            case "Double" -> "a number";
            case "Boolean" -> "true or false";
            case "String" -> "a text";
            default -> Collection.class.isAssignableFrom(type) ? "a list" : "a " + type.getSimpleName();
        };
    }

    private static String described(final Object value) {
        if (value instanceof CharSequence text) {
            return "the text '" + text + "'";
        }
        return value instanceof Number || value instanceof Boolean
                ? value.toString()
                : "a " + value.getClass().getSimpleName();
    }

    private static Class<?> boxed(final Class<?> type) {
        return type.isPrimitive()
                ? java.lang.invoke.MethodType.methodType(type).wrap().returnType()
                : type;
    }
}
