package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.RemotingException;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.clixml.TypeNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A pipeline while it is written down: commands with their parameters, as one would type them.
 *
 * <pre>{@code
 * pool.command("Get-ActionStatus").parameter("FunctionName", "Start-SecretRotation").run();
 * }</pre>
 *
 * <p>Secrets given as parameters stay the caller's: they are read when the pipeline starts, travel encrypted under the
 * pool's session key, and may be wiped afterwards. Nothing here prints a parameter's value. Not thread-safe.
 */
public final class PipelineBuilder {
    private final RunspacePool pool;
    private final List<List<Command>> statements = new ArrayList<>();
    private List<Command> statement = new ArrayList<>();
    private List<Command.Parameter> parameters = new ArrayList<>();
    private String text;
    private boolean isScript;
    private boolean errorsToOutput;
    private List<PsValue> input;
    private PipelineListener listener = PipelineListener.NONE;

    PipelineBuilder(RunspacePool pool, String text, boolean isScript) {
        this.pool = pool;
        begin(text, isScript);
    }

    private void begin(String newText, boolean script) {
        if (newText.isBlank()) {
            throw new IllegalArgumentException("a command has a name, a script has text");
        }
        this.text = newText;
        this.isScript = script;
        this.errorsToOutput = false;
        this.parameters = new ArrayList<>();
    }

    private void finishCommand() {
        statement.add(new Command(text, isScript, parameters, errorsToOutput));
    }

    /** Pipes the output of what is there into another command: {@code | name}. */
    public PipelineBuilder pipeTo(String name) {
        finishCommand();
        begin(name, false);
        return this;
    }

    /** Begins another statement: {@code ; name}. All statements are sent, and run, as one pipeline. */
    public PipelineBuilder then(String name) {
        return nextStatement(name, false);
    }

    /** Begins another statement with a script, which an endpoint without language refuses. */
    public PipelineBuilder thenScript(String script) {
        return nextStatement(script, true);
    }

    private PipelineBuilder nextStatement(String newText, boolean script) {
        finishCommand();
        statements.add(statement);
        statement = new ArrayList<>();
        begin(newText, script);
        return this;
    }

    /** A parameter with a string: {@code -Name 'value'}. The name is written without its dash. */
    public PipelineBuilder parameter(String name, String value) {
        return parameter(name, PsPrimitive.of(value));
    }

    /** A parameter with a number: {@code -Name 10}. */
    public PipelineBuilder parameter(String name, int value) {
        return parameter(name, PsPrimitive.of(value));
    }

    /** A parameter with a large number: {@code -Name 10L}. */
    public PipelineBuilder parameter(String name, long value) {
        return parameter(name, PsPrimitive.of(value));
    }

    /** A parameter, or switch, with a truth value: {@code -Name:$false}. */
    public PipelineBuilder parameter(String name, boolean value) {
        return parameter(name, PsPrimitive.of(value));
    }

    /** A parameter with an array of strings: {@code -Name 'a', 'b'}. */
    public PipelineBuilder parameter(String name, List<String> values) {
        List<PsPrimitive> items = values.stream().map(PsPrimitive::of).toList();
        return parameter(name, PsObject.list(TypeNames.STRING_ARRAY, items));
    }

    /** A parameter with a PSCredential, whose password travels encrypted. */
    public PipelineBuilder parameter(String name, PasswordCredentials credentials) {
        return add(name, Argument.of(credentials));
    }

    /** A parameter with any value; a {@link PsSecureString}, also inside the value, travels encrypted. */
    public PipelineBuilder parameter(String name, PsValue value) {
        return add(name, Argument.of(value));
    }

    private PipelineBuilder add(String name, Argument argument) {
        if (name.isBlank() || name.startsWith("-")) {
            throw new IllegalArgumentException("a parameter's name is written without its dash");
        }
        parameters.add(new Command.Parameter(name, argument));
        return this;
    }

    /** A switch that is set: {@code -Name}. */
    public PipelineBuilder withSwitch(String name) {
        return parameter(name, true);
    }

    /** A positional argument that is a string. */
    public PipelineBuilder argument(String value) {
        return argument(PsPrimitive.of(value));
    }

    /** A positional argument. */
    public PipelineBuilder argument(PsValue value) {
        parameters.add(new Command.Parameter(null, Argument.of(value)));
        return this;
    }

    /** Sends the errors of the command at hand into its output: {@code 2>&1}. */
    public PipelineBuilder errorsToOutput() {
        errorsToOutput = true;
        return this;
    }

    /** Objects that the first command reads from the pipeline; no objects at all are an empty input. */
    public PipelineBuilder input(List<? extends PsValue> values) {
        input = List.copyOf(values);
        return this;
    }

    /** Hears what the pipeline says; replaces the one given before. */
    public PipelineBuilder listener(PipelineListener newListener) {
        listener = Objects.requireNonNull(newListener, "listener");
        return this;
    }

    /**
     * Starts the pipeline and returns when the server has taken it. It is followed from then on, whether or not anybody
     * waits for it. A builder starts its pipeline once.
     *
     * @throws StartUnknownException if it was sent and the server's answer is missing; it was not sent again
     * @throws RemotingException if it was not started
     * @throws InterruptedException if this wait was interrupted; if {@link PipelineListener#starting} was called the
     *     pipeline may start nevertheless, and closing the pool will not kill it
     * @throws IllegalStateException if the pool runs a pipeline already
     */
    public Pipeline start() throws RemotingException, InterruptedException {
        return pool.start(finished());
    }

    /** Starts the pipeline and waits for its end, however long that takes; see {@link Pipeline#await()}. */
    public PipelineResult run() throws RemotingException, InterruptedException {
        return start().await();
    }

    /** Starts the pipeline and waits for its end for so long; see {@link Pipeline#await(Duration)}. */
    public PipelineResult run(Duration limit) throws RemotingException, InterruptedException {
        return start().await(limit);
    }

    private PipelineRequest finished() {
        if (text == null) {
            throw new IllegalStateException("this pipeline was started before");
        }
        finishCommand();
        statements.add(statement);
        text = null;
        return new PipelineRequest(statements, input, listener);
    }

    /** The commands' names only. */
    @Override
    public String toString() {
        return "PipelineBuilder";
    }
}
