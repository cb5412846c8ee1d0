package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A call whose parameters are bound. Immutable. */
final class BoundInvocation implements Invocation {
    private static final int LONGEST_TEXT = 1000;

    private final Caller caller;
    private final Map<String, PsValue> values;

    BoundInvocation(final Caller caller, final Map<String, PsValue> values) {
        this.caller = caller;
        this.values = new LinkedHashMap<>(values);
    }

    /**
     * Who calls, from where.
     *
     * @param name {@code DOMAIN\\user}
     * @param host the endpoint's address
     * @param session the shell's id
     * @param culture of the client's session
     */
    record Caller(String name, String host, String session, String culture) {}

    @Override
    public String caller() {
        return caller.name();
    }

    @Override
    public String host() {
        return caller.host();
    }

    @Override
    public String session() {
        return caller.session();
    }

    @Override
    public String culture() {
        return caller.culture();
    }

    @Override
    public Set<String> given() {
        return Set.copyOf(values.keySet());
    }

    private Optional<PsValue> bound(final String parameter) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(parameter))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    public boolean isOn(final String parameter) {
        return value(parameter).map(value -> value.asBoolean(false)).orElse(false);
    }

    @Override
    public Optional<PsValue> value(final String parameter) {
        return bound(parameter).filter(value -> !value.isNull());
    }

    @Override
    public Optional<String> text(final String parameter) {
        return value(parameter).map(PsValue::asString);
    }

    @Override
    public List<String> texts(final String parameter) {
        return value(parameter)
                .map(value -> value.items().isEmpty()
                        ? List.of(value.asString())
                        : value.items().stream().map(PsValue::asString).toList())
                .orElse(List.of());
    }

    @Override
    public Optional<char[]> secret(final String parameter) {
        return value(parameter).filter(PsSecureString.class::isInstance).map(value -> ((PsSecureString) value)
                .reveal());
    }

    @Override
    public Optional<Credential> credential(final String parameter) {
        final Optional<PsValue> value = value(parameter);
        return value.map(one -> one.property("Password"))
                .filter(PsSecureString.class::isInstance)
                .map(password -> new Credential(
                        value.get().property("UserName").asString(), ((PsSecureString) password).reveal()));
    }

    /** The parameters as the ledger may have them: a secret's name only, a credential's user name. */
    static Map<String, String> withoutSecrets(final Map<String, PsValue> values) {
        final Map<String, String> shown = new LinkedHashMap<>();
        values.forEach((name, value) -> shown.put(name, shown(value)));
        return shown;
    }

    private static String shown(final PsValue value) {
        if (value instanceof PsSecureString) {
            return "(secret)";
        }
        if (value.property("Password") instanceof PsSecureString) {
            return value.property("UserName").asString() + " (secret)";
        }
        final String text = value.items().isEmpty()
                ? value.asString()
                : String.join(",", value.items().stream().map(PsValue::asString).toList());
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
