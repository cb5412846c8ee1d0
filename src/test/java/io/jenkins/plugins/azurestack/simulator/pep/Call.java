package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.simulator.remoting.Cmdlet;
import io.jenkins.plugins.azurestack.simulator.remoting.Invocation;
import io.jenkins.plugins.azurestack.simulator.remoting.TerminatingError;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One call of a cmdlet, as a session that is none would make it. */
final class Call implements Invocation {
    private final Cmdlet cmdlet;
    private final Seen seen;
    private final Set<String> switches = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> secrets = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Credential> credentials = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private String culture = "en-US";
    private String session = "session-1";
    private String host = World.PRIVILEGED_ENDPOINTS.get(0);

    Call(final Cmdlet cmdlet, final Seen seen) {
        this.cmdlet = cmdlet;
        this.seen = seen;
    }

    Call with(final String switchName) {
        switches.add(declared(switchName, Cmdlet.Parameter.Kind.SWITCH));
        return this;
    }

    Call with(final String name, final String... texts) {
        values.put(declared(name, Cmdlet.Parameter.Kind.VALUE), List.of(texts));
        return this;
    }

    Call withSecret(final String name, final String secret) {
        secrets.put(declared(name, Cmdlet.Parameter.Kind.SECURE_STRING), secret);
        return this;
    }

    Call withCredential(final String name, final String user, final String password) {
        credentials.put(declared(name, Cmdlet.Parameter.Kind.CREDENTIAL), new Credential(user, password.toCharArray()));
        return this;
    }

    Call inCulture(final String other) {
        culture = other;
        return this;
    }

    Call inSession(final String endpoint, final String other) {
        host = endpoint;
        session = other;
        return this;
    }

    /** A call that a session would refuse to bind is a mistake of the test. */
    private String declared(final String name, final Cmdlet.Parameter.Kind kind) {
        return cmdlet.parameters().stream()
                .filter(parameter -> parameter.name().equalsIgnoreCase(name) && parameter.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(cmdlet.name() + " takes no " + kind + " " + name))
                .name();
    }

    /** Runs it to its end, the time going by whenever it waits for an action plan. */
    Seen run() {
        try {
            cmdlet.run(this, seen);
        } catch (TerminatingError e) {
            seen.end(e);
        } catch (InterruptedException e) {
            seen.lost();
        }
        return seen;
    }

    @Override
    public String caller() {
        return "AZURESTACK\\CloudAdmin";
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public String session() {
        return session;
    }

    @Override
    public String culture() {
        return culture;
    }

    @Override
    public Set<String> given() {
        final Map<String, Object> all = new LinkedHashMap<>(values);
        all.putAll(secrets);
        all.putAll(credentials);
        switches.forEach(name -> all.put(name, true));
        return Set.copyOf(all.keySet());
    }

    @Override
    public boolean isOn(final String parameter) {
        return switches.contains(parameter);
    }

    @Override
    public Optional<PsValue> value(final String parameter) {
        return text(parameter).map(PsPrimitive::of);
    }

    @Override
    public Optional<String> text(final String parameter) {
        return Optional.ofNullable(values.get(parameter)).map(texts -> texts.get(0));
    }

    @Override
    public List<String> texts(final String parameter) {
        return values.getOrDefault(parameter, List.of());
    }

    @Override
    public Optional<char[]> secret(final String parameter) {
        return Optional.ofNullable(secrets.get(parameter)).map(String::toCharArray);
    }

    @Override
    public Optional<Credential> credential(final String parameter) {
        return Optional.ofNullable(credentials.get(parameter))
                .map(credential -> new Credential(
                        credential.userName(), credential.password().clone()));
    }
}
