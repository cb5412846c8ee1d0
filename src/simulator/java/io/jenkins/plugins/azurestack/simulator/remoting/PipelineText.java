package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlException;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What CREATE_PIPELINE asks for (MS-PSRP 2.2.2.10).
 *
 * @param statements run one after the other; each a list of commands piped into each other
 * @param hasInput whether objects for the first command follow
 * @param detailedStreams the flags of the streams whose records shall tell their invocation: 1 errors, 2 warnings, 4
 *     debug, 8 verbose
 */
record PipelineText(List<List<Command>> statements, boolean hasInput, int detailedStreams) {
    private static final int OUTPUT = 1;
    private static final int ERROR = 2;

    /**
     * One command.
     *
     * @param text a name, or a script
     * @param errorsToOutput {@code 2>&1}
     */
    record Command(String text, boolean isScript, List<Argument> arguments, boolean errorsToOutput) {
        @Override
        public String toString() {
            return isScript ? "a script" : text;
        }
    }

    /**
     * One argument.
     *
     * @param name without its dash and colon; empty if the value stands alone
     */
    record Argument(Optional<String> name, PsValue value) {
        @Override
        public String toString() {
            return name.map(text -> "-" + text).orElse("an argument");
        }
    }

    /** @throws CliXmlException if it is no such message */
    static PipelineText of(final PsValue payload) throws CliXmlException {
        final PsValue shell = payload.required("PowerShell");
        final List<List<Command>> statements = new ArrayList<>();
        // Where there are several statements, this list has all of them, the first included.
        for (final PsValue extra : shell.property("ExtraCmds").items()) {
            statements.add(commands(extra.required("Cmds")));
        }
        if (statements.isEmpty()) {
            statements.add(commands(shell.required("Cmds")));
        }
        return new PipelineText(
                statements,
                !payload.property("NoInput").asBoolean(true),
                payload.property("RemoteStreamOptions").asInt(0));
    }

    private static List<Command> commands(final PsValue list) throws CliXmlException {
        final List<Command> commands = new ArrayList<>();
        for (final PsValue one : list.items()) {
            commands.add(command(one));
        }
        if (commands.isEmpty()) {
            throw new CliXmlException("A pipeline without commands");
        }
        return commands;
    }

    private static Command command(final PsValue command) throws CliXmlException {
        final List<Argument> arguments = new ArrayList<>();
        for (final PsValue argument : command.property("Args").items()) {
            arguments.add(argument(argument));
        }
        final boolean merged = command.property("MergeMyResult").asInt(0) == ERROR
                && command.property("MergeToResult").asInt(0) == OUTPUT;
        return new Command(
                command.required("Cmd").asString(),
                command.property("IsScript").asBoolean(false),
                arguments,
                merged || command.property("MergeError").asInt(0) == OUTPUT);
    }

    private static Argument argument(final PsValue argument) {
        final String name = argument.property("N").asString();
        final String bare = name.startsWith("-") ? name.substring(1) : name;
        return new Argument(
                bare.isEmpty()
                        ? Optional.empty()
                        : Optional.of(bare.endsWith(":") ? bare.substring(0, bare.length() - 1) : bare),
                argument.property("V"));
    }

    /** What GET_COMMAND_METADATA (2.2.2.14) asks for, as the pipeline that it stands for. */
    static PipelineText ofMetadata(final PsValue payload) {
        final List<Argument> arguments = new ArrayList<>();
        if (!payload.property("Name").isNull()) {
            arguments.add(new Argument(Optional.of("Name"), payload.property("Name")));
        }
        return new PipelineText(
                List.of(List.of(new Command(ProxyFunctions.COMMAND_METADATA, false, arguments, false))), false, 0);
    }

    /** The names of all commands that are no scripts, in order. */
    List<String> names() {
        return statements.stream()
                .flatMap(List::stream)
                .filter(command -> !command.isScript())
                .map(Command::text)
                .toList();
    }

    /** The names only: arguments may be secret. */
    @Override
    public String toString() {
        return "PipelineText" + names();
    }
}
