package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.clixml.ContainerKind;
import io.jenkins.plugins.azurestack.powershell.clixml.PsNull;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.psrp.ErrorCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The commands that every constrained session has ({@code New-PSSessionConfigurationFile -SessionType
 * RestrictedRemoteServer}), and Out-String, which operators pipe into.
 */
final class ProxyFunctions {
    /** What GET_COMMAND_METADATA runs; a session does not show it. */
    static final String COMMAND_METADATA = "(command metadata)";

    private static final String STRING = "System.String";
    private static final String STRINGS = "System.String[]";
    private static final String ANY = "System.Object";
    private static final String AUTOMATION = "System.Management.Automation.";
    private static final int FUNCTION = 2;

    private ProxyFunctions() {}

    /** @param commands where Get-Command looks, complete by the time it runs */
    static List<Cmdlet> all(final Commands commands) {
        return List.of(
                new Plain(
                        "Get-Command",
                        List.of(
                                value("Name", STRINGS).at(0),
                                value("ArgumentList", "System.Object[]").at(1),
                                value("CommandType", AUTOMATION + "CommandTypes"),
                                value("Module", STRINGS),
                                Cmdlet.Parameter.ofSwitch("ListImported"),
                                Cmdlet.Parameter.ofSwitch("Syntax")),
                        (call, streams) -> getCommand(commands, call, streams)),
                new Plain(
                        "Get-FormatData",
                        List.of(value("TypeName", STRINGS).at(0), value("PowerShellVersion", "System.Version")),
                        (call, streams) -> {}),
                new Plain(
                        "Get-Help",
                        List.of(value("Name", STRING).at(0), value("Category", STRINGS), value("Path", STRING)),
                        (call, streams) -> getHelp(commands, call, streams)),
                new Plain("Exit-PSSession", List.of(), (call, streams) -> {}),
                new Plain("Clear-Host", List.of(), (call, streams) -> {}),
                new Taking(
                        "Select-Object",
                        List.of(value("Property", "System.Object[]").at(0), value("InputObject", ANY)),
                        Selecting::new),
                new Taking("Measure-Object", List.of(value("InputObject", ANY)), Measuring::new),
                new Taking(
                        "Out-Default",
                        List.of(value("InputObject", ANY), Cmdlet.Parameter.ofSwitch("Transcript")),
                        (call, streams) -> new Discarding()),
                new Taking(
                        "Out-String",
                        List.of(
                                value("InputObject", ANY),
                                value("Width", "System.Int32"),
                                Cmdlet.Parameter.ofSwitch("Stream")),
                        OutString::new),
                new Plain(
                        COMMAND_METADATA,
                        List.of(value("Name", STRINGS)),
                        (call, streams) -> metadata(commands, call, streams)));
    }

    private static Cmdlet.Parameter value(final String name, final String type) {
        return Cmdlet.Parameter.value(name, type);
    }

    private interface Body {
        void run(Invocation invocation, Streams streams) throws InterruptedException;
    }

    private record Plain(String name, List<Cmdlet.Parameter> parameters, Body body) implements Cmdlet {
        @Override
        public void run(final Invocation invocation, final Streams streams) throws InterruptedException {
            body.run(invocation, streams);
        }
    }

    private interface Opening {
        Stage open(Invocation invocation, Streams streams);
    }

    private record Taking(String name, List<Cmdlet.Parameter> parameters, Opening opening) implements Filter {
        @Override
        public Stage open(final Invocation invocation, final Streams streams) {
            return opening.open(invocation, streams);
        }
    }

    private static List<Cmdlet> matching(final Commands commands, final String pattern) {
        final StringBuilder regex = new StringBuilder();
        for (final char c : pattern.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        final Pattern name = Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
        return commands.visible().stream()
                .filter(cmdlet -> name.matcher(cmdlet.name()).matches())
                .toList();
    }

    private static void getCommand(final Commands commands, final Invocation call, final Streams streams)
            throws InterruptedException {
        for (final Cmdlet cmdlet : found(commands, call, streams)) {
            streams.output(call.isOn("Syntax") ? PsPrimitive.of(syntax(cmdlet)) : describe(cmdlet));
        }
    }

    private static List<Cmdlet> found(final Commands commands, final Invocation call, final Streams streams)
            throws InterruptedException {
        final List<String> names = call.texts("Name").isEmpty() ? List.of("*") : call.texts("Name");
        final List<Cmdlet> found = new ArrayList<>();
        for (final String name : names) {
            final List<Cmdlet> matching = matching(commands, name);
            if (matching.isEmpty() && name.indexOf('*') < 0 && name.indexOf('?') < 0) {
                final TerminatingError unknown = Records.commandNotFound(name);
                streams.error(new TerminatingError(
                        unknown.getMessage(),
                        unknown.exceptionType(),
                        "CommandNotFoundException,Microsoft.PowerShell.Commands.GetCommandCommand",
                        unknown.category(),
                        "Get-Command",
                        name,
                        "String"));
            }
            found.addAll(matching);
        }
        return found;
    }

    /** {@code Name [-Parameter] <type> [-Switch]}, after an empty line, as Windows writes it. */
    static String syntax(final Cmdlet cmdlet) {
        final StringBuilder text = new StringBuilder("\r\n").append(cmdlet.name());
        for (final Cmdlet.Parameter parameter : cmdlet.parameters()) {
            final String dashed = "-" + parameter.name();
            final String named = parameter.position() >= 0 ? "[" + dashed + "]" : dashed;
            final String whole = parameter.kind() == Cmdlet.Parameter.Kind.SWITCH
                    ? dashed
                    : named + " <" + simple(parameter.type()) + ">";
            text.append(' ').append(parameter.mandatory() ? whole : "[" + whole + "]");
        }
        return text.append(" [<CommonParameters>]\r\n").toString();
    }

    private static String simple(final String type) {
        final String last = type.substring(type.lastIndexOf('.') + 1);
        return switch (last) {
            case "Int32" -> "int";
            case "String" -> "string";
            case "String[]" -> "string[]";
            case "Object" -> "Object";
            case "PSCredential" -> "pscredential";
            case "SecureString" -> "securestring";
            default -> last;
        };
    }

    private static PsObject describe(final Cmdlet cmdlet) {
        return PsObject.builder()
                .types(List.of(AUTOMATION + "FunctionInfo", AUTOMATION + "CommandInfo", ANY))
                .text(cmdlet.name())
                .adapted("Definition", PsPrimitive.of(""))
                .adapted("CommandType", commandType())
                .adapted("Name", PsPrimitive.of(cmdlet.name()))
                .adapted("Version", PsNull.NULL)
                .adapted("Source", PsPrimitive.of(""))
                .adapted("ModuleName", PsPrimitive.of(""))
                .adapted("Visibility", PsPrimitive.of("Public"))
                .adapted("Parameters", parameters(cmdlet))
                .adapted(
                        "ParameterSets",
                        PsObject.list(
                                List.of(ANY),
                                List.of(PsPrimitive.of(syntax(cmdlet)
                                        .strip()
                                        .substring(cmdlet.name().length())
                                        .strip()))))
                .build();
    }

    private static PsValue commandType() {
        return PsObject.enumeration(AUTOMATION + "CommandTypes", "Function", FUNCTION);
    }

    private static PsValue parameters(final Cmdlet cmdlet) {
        final PsObject.Builder parameters = PsObject.builder()
                .types(List.of(
                        "System.Collections.Generic.Dictionary`2[[System.String, mscorlib, Version=4.0.0.0,"
                                + " Culture=neutral, PublicKeyToken=b77a5c561934e089],[" + AUTOMATION
                                + "ParameterMetadata, System.Management.Automation, Version=3.0.0.0, Culture=neutral,"
                                + " PublicKeyToken=31bf3856ad364e35]]",
                        ANY))
                .container(ContainerKind.DICTIONARY);
        final List<Cmdlet.Parameter> all = new ArrayList<>(cmdlet.parameters());
        all.addAll(Binding.common());
        for (final Cmdlet.Parameter parameter : all) {
            parameters.entry(
                    parameter.name(),
                    PsObject.builder()
                            .types(List.of(AUTOMATION + "ParameterMetadata", ANY))
                            .text(AUTOMATION + "ParameterMetadata")
                            .adapted("Name", PsPrimitive.of(parameter.name()))
                            .adapted("ParameterType", PsPrimitive.of(parameter.type()))
                            .adapted(
                                    "Aliases",
                                    PsObject.list(
                                            List.of(
                                                    "System.Collections.ObjectModel.Collection`1[[System.String,"
                                                            + " mscorlib, Version=4.0.0.0, Culture=neutral,"
                                                            + " PublicKeyToken=b77a5c561934e089]]",
                                                    ANY),
                                            List.of()))
                            .adapted("IsDynamic", PsPrimitive.of(false))
                            .adapted(
                                    "SwitchParameter", PsPrimitive.of(parameter.kind() == Cmdlet.Parameter.Kind.SWITCH))
                            .build());
        }
        return parameters.build();
    }

    /** The count first, then one object for each command (MS-PSRP 2.2.3.22, 2.2.3.23). */
    private static void metadata(final Commands commands, final Invocation call, final Streams streams)
            throws InterruptedException {
        final List<Cmdlet> found = found(commands, call, streams);
        streams.output(PsObject.builder()
                .types(selected("Microsoft.PowerShell.Commands.GenericMeasureInfo"))
                .extended("Count", found.size())
                .build());
        for (final Cmdlet cmdlet : found) {
            streams.output(PsObject.builder()
                    .types(selected(AUTOMATION + "FunctionInfo"))
                    .extended("Name", cmdlet.name())
                    .extended("Namespace", "")
                    .extended("HelpUri", "")
                    .extended("CommandType", commandType())
                    .extended("ResolvedCommandName", PsNull.NULL)
                    .extended("OutputType", PsObject.list(List.of(ANY), List.of()))
                    .extended("Parameters", parameters(cmdlet))
                    .build());
        }
    }

    private static List<String> selected(final String type) {
        return List.of("Selected." + type, AUTOMATION + "PSCustomObject", ANY);
    }

    private static void getHelp(final Commands commands, final Invocation call, final Streams streams)
            throws InterruptedException {
        final String name = call.text("Name").orElse("*");
        final List<Cmdlet> found = matching(commands, name);
        if (found.isEmpty()) {
            streams.error(new TerminatingError(
                    "Get-Help could not find " + name + " in a help file in this session. To download updated help"
                            + " topics type: \"Update-Help\". To get help online, search for the help topic in the"
                            + " TechNet library at https://go.microsoft.com/fwlink/?LinkID=107116.",
                    "Microsoft.PowerShell.Commands.HelpNotFoundException",
                    "HelpNotFound,Microsoft.PowerShell.Commands.GetHelpCommand",
                    ErrorCategory.RESOURCE_UNAVAILABLE.number(),
                    "Get-Help",
                    "",
                    ""));
        }
        for (final Cmdlet cmdlet : found) {
            streams.output(PsObject.builder()
                    .types(List.of("HelpInfoShort", AUTOMATION + "PSCustomObject", ANY))
                    .extended("Name", cmdlet.name())
                    .extended("Category", "Function")
                    .extended("Synopsis", syntax(cmdlet))
                    .build());
        }
    }

    /** The object that a filter was given as a parameter, or those from the pipeline. */
    private abstract static class FilterStage implements Stage {
        private final Invocation invocation;

        FilterStage(final Invocation invocation) {
            this.invocation = invocation;
        }

        abstract void take(PsValue value) throws InterruptedException;

        void finish() throws InterruptedException {}

        @Override
        public final void accept(final PsValue value) throws InterruptedException {
            take(value);
        }

        @Override
        public final void end() throws InterruptedException {
            final var given = invocation.value("InputObject");
            if (given.isPresent()) {
                take(given.get());
            }
            finish();
        }
    }

    private static final class Discarding implements Stage {
        @Override
        public void accept(final PsValue value) {
            // The host that it would go to is the server's own, where nobody looks.
        }

        @Override
        public void end() {
            // Nothing was kept.
        }
    }

    private static final class Selecting extends FilterStage {
        private final List<String> properties;
        private final Streams streams;

        Selecting(final Invocation invocation, final Streams streams) {
            super(invocation);
            this.properties = invocation.texts("Property");
            this.streams = streams;
        }

        @Override
        void take(final PsValue value) throws InterruptedException {
            if (properties.isEmpty()) {
                streams.output(value);
                return;
            }
            final PsObject.Builder selected = PsObject.builder()
                    .types(selected(
                            value instanceof PsObject object
                                            && !object.typeNames().isEmpty()
                                    ? object.typeNames().get(0)
                                    : AUTOMATION + "PSCustomObject"));
            properties.forEach(property -> selected.extended(property, value.property(property)));
            streams.output(selected.build());
        }
    }

    private static final class Measuring extends FilterStage {
        private final Streams streams;
        private int count;

        Measuring(final Invocation invocation, final Streams streams) {
            super(invocation);
            this.streams = streams;
        }

        @Override
        void take(final PsValue value) {
            count++;
        }

        @Override
        void finish() throws InterruptedException {
            streams.output(PsObject.builder()
                    .types(List.of(
                            "Microsoft.PowerShell.Commands.GenericMeasureInfo",
                            "Microsoft.PowerShell.Commands.MeasureInfo",
                            ANY))
                    .text("Microsoft.PowerShell.Commands.GenericMeasureInfo")
                    .adapted("Count", PsPrimitive.of(count))
                    .adapted("Average", PsNull.NULL)
                    .adapted("Sum", PsNull.NULL)
                    .adapted("Maximum", PsNull.NULL)
                    .adapted("Minimum", PsNull.NULL)
                    .adapted("Property", PsNull.NULL)
                    .build());
        }
    }

    private static final class OutString extends FilterStage {
        private final boolean isStream;
        private final Streams streams;
        private final StringBuilder text = new StringBuilder();

        OutString(final Invocation invocation, final Streams streams) {
            super(invocation);
            this.isStream = invocation.isOn("Stream");
            this.streams = streams;
        }

        @Override
        void take(final PsValue value) throws InterruptedException {
            for (final String line : DisplayText.lines(value)) {
                if (isStream) {
                    streams.output(PsPrimitive.of(line));
                } else {
                    text.append(line).append("\r\n");
                }
            }
        }

        @Override
        void finish() throws InterruptedException {
            if (!isStream) {
                streams.output(PsPrimitive.of(text.toString()));
            }
        }
    }
}
