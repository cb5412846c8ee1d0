package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.clixml.ContainerKind;
import io.jenkins.plugins.azurestack.powershell.clixml.PrimitiveType;
import io.jenkins.plugins.azurestack.powershell.clixml.PsNull;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.clixml.PsVersion;
import io.jenkins.plugins.azurestack.powershell.clixml.TypeNames;
import io.jenkins.plugins.azurestack.powershell.psrp.ErrorCategory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Errors and stream records as Windows PowerShell 5.1 serialises them (MS-PSRP 2.2.3.15, recordings). Pure functions. */
final class Records {
    private static final String AUTOMATION = "System.Management.Automation.";
    private static final String OBJECT = "System.Object";
    private static final List<String> ERROR_RECORD = List.of(AUTOMATION + "ErrorRecord", OBJECT);
    private static final List<String> NO_DATA = List.of("System.Collections.ListDictionaryInternal", OBJECT);
    private static final String STRING_DICTIONARY = "System.Collections.Generic.Dictionary`2[[System.String, mscorlib,"
            + " Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089],[System.Object, mscorlib,"
            + " Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089]]";
    private static final List<String> BOUND_PARAMETERS =
            List.of(AUTOMATION + "PSBoundParametersDictionary", STRING_DICTIONARY, OBJECT);
    private static final List<String> UNBOUND_ARGUMENTS = List.of(listOf("Object"), OBJECT);
    private static final List<String> TAGS = List.of(listOf("String"), OBJECT);
    private static final List<String> NUMBERS = List.of("System.Int32[]", "System.Array", OBJECT);
    private static final List<String> READ_ONLY_NUMBERS = List.of(
            "System.Collections.ObjectModel.ReadOnlyCollection`1[[System.Int32, mscorlib, Version=4.0.0.0,"
                    + " Culture=neutral, PublicKeyToken=b77a5c561934e089]]",
            OBJECT);
    private static final int COR_E_SYSTEM = -2146233087;
    /** PowerShell's own limit for each part of a category message. */
    private static final int LONGEST_PART = 40;

    private static final int KEPT_OF_LONG_PART = 15;
    private static final int FUNCTION = 2;
    private static final int PROCESS_ID = 4242;

    private Records() {}

    private static String listOf(final String item) {
        return "System.Collections.Generic.List`1[[System." + item + ", mscorlib, Version=4.0.0.0, Culture=neutral,"
                + " PublicKeyToken=b77a5c561934e089]]";
    }

    /** An error that ended a pipeline, as PIPELINE_STATE carries it. */
    static PsValue terminating(final TerminatingError error) {
        return record(error).extended("SerializeExtendedInfo", false).build();
    }

    /**
     * An error that ended no pipeline, as ERROR_RECORD carries it.
     *
     * @param command the cmdlet that wrote it
     * @param isDetailed whether it tells of its invocation
     */
    static PsValue nonTerminating(final TerminatingError error, final String command, final boolean isDetailed) {
        final PsObject.Builder record = errorHead(error, true);
        record.extended("InvocationInfo", isDetailed ? invocation(command) : PsNull.NULL);
        category(record, error);
        record.extended("SerializeExtendedInfo", isDetailed);
        if (isDetailed) {
            invocationDetails(record, command);
            record.extended("PipelineIterationInfo", PsObject.list(READ_ONLY_NUMBERS, zeros()))
                    .extended("PSMessageDetails", PsNull.NULL);
        }
        return record.build();
    }

    private static PsObject.Builder record(final TerminatingError error) {
        final PsObject.Builder record = errorHead(error, false).extended("InvocationInfo", PsNull.NULL);
        category(record, error);
        return record;
    }

    private static PsObject.Builder errorHead(final TerminatingError error, final boolean isWritten) {
        final PsObject.Builder record = PsObject.builder().types(ERROR_RECORD).text(error.getMessage());
        if (isWritten) {
            record.extended("writeErrorStream", true);
        }
        return record.extended("Exception", exception(error))
                .extended(
                        "TargetObject", error.targetName().isEmpty() ? PsNull.NULL : PsPrimitive.of(error.targetName()))
                .extended("FullyQualifiedErrorId", error.fullyQualifiedErrorId());
    }

    private static void category(final PsObject.Builder record, final TerminatingError error) {
        record.extended("ErrorCategory_Category", error.category())
                .extended("ErrorCategory_Activity", error.activity())
                .extended("ErrorCategory_Reason", reason(error))
                .extended("ErrorCategory_TargetName", error.targetName())
                .extended("ErrorCategory_TargetType", error.targetType())
                .extended("ErrorCategory_Message", categoryMessage(error));
    }

    /** Such as {@code ParserError: (Set-Item -Path ...d -Value $false:String) [], ParseException}. */
    static String categoryMessage(final TerminatingError error) {
        return ErrorCategory.of(error.category()).powerShellName() + ": (" + part(error.targetName()) + ":"
                + part(error.targetType()) + ") [" + part(error.activity()) + "], " + part(reason(error));
    }

    private static String part(final String text) {
        return text.length() <= LONGEST_PART
                ? text
                : text.substring(0, KEPT_OF_LONG_PART) + "..." + text.substring(text.length() - KEPT_OF_LONG_PART);
    }

    private static String reason(final TerminatingError error) {
        return error.exceptionType().substring(error.exceptionType().lastIndexOf('.') + 1);
    }

    private static PsValue exception(final TerminatingError error) {
        return PsObject.builder()
                .types(exceptionTypes(error.exceptionType()))
                .text(error.exceptionType() + ": " + error.getMessage())
                .adapted("ErrorRecord", PsPrimitive.of(error.getMessage()))
                .adapted("WasThrownFromThrowStatement", PsPrimitive.of(false))
                .adapted("Message", PsPrimitive.of(error.getMessage()))
                .adapted("Data", PsObject.dictionary(NO_DATA, List.of()))
                .adapted("InnerException", PsNull.NULL)
                .adapted("TargetSite", PsNull.NULL)
                .adapted("StackTrace", PsNull.NULL)
                .adapted("HelpLink", PsNull.NULL)
                .adapted("Source", PsNull.NULL)
                .adapted("HResult", PsPrimitive.of(COR_E_SYSTEM))
                .build();
    }

    /** PowerShell's own derive from RuntimeException, some from one another. */
    private static List<String> exceptionTypes(final String type) {
        final List<String> types = new ArrayList<>(List.of(type));
        if (type.startsWith(AUTOMATION + "ParameterBinding") && !type.endsWith(".ParameterBindingException")) {
            types.add(AUTOMATION + "ParameterBindingException");
        }
        if (type.startsWith(AUTOMATION) && !type.endsWith(".RuntimeException")) {
            types.add(AUTOMATION + "RuntimeException");
        }
        if (!type.equals("System.Exception")) {
            if (!type.equals("System.SystemException")) {
                types.add("System.SystemException");
            }
            types.add("System.Exception");
        }
        types.add(OBJECT);
        return types;
    }

    private static PsValue invocation(final String command) {
        return PsObject.builder()
                .types(List.of(AUTOMATION + "InvocationInfo", OBJECT))
                .text(AUTOMATION + "InvocationInfo")
                .adapted("MyCommand", PsPrimitive.of(command))
                .adapted("BoundParameters", PsObject.dictionary(List.of(STRING_DICTIONARY, OBJECT), List.of()))
                .adapted("UnboundArguments", PsObject.list(UNBOUND_ARGUMENTS, List.of()))
                .adapted("ScriptLineNumber", PsPrimitive.of(0))
                .adapted("OffsetInLine", PsPrimitive.of(0))
                .adapted("HistoryId", PsPrimitive.of(1L))
                .adapted("ScriptName", PsPrimitive.of(""))
                .adapted("Line", PsPrimitive.of(""))
                .adapted("PositionMessage", PsPrimitive.of(""))
                .adapted("PSScriptRoot", PsPrimitive.of(""))
                .adapted("PSCommandPath", PsNull.NULL)
                .adapted("InvocationName", PsPrimitive.of(command))
                .adapted("PipelineLength", PsPrimitive.of(0))
                .adapted("PipelinePosition", PsPrimitive.of(0))
                .adapted("ExpectingInput", PsPrimitive.of(false))
                .adapted("CommandOrigin", PsPrimitive.of("Internal"))
                .adapted("DisplayScriptPosition", PsNull.NULL)
                .build();
    }

    private static void invocationDetails(final PsObject.Builder record, final String command) {
        record.extended("InvocationInfo_BoundParameters", PsObject.dictionary(BOUND_PARAMETERS, List.of()))
                .extended("InvocationInfo_CommandOrigin", enumeration("CommandOrigin", "Runspace", 0))
                .extended("InvocationInfo_ExpectingInput", false)
                .extended("InvocationInfo_InvocationName", command)
                .extended("InvocationInfo_Line", "")
                .extended("InvocationInfo_OffsetInLine", 0)
                .extended("InvocationInfo_HistoryId", 1L)
                .extended("InvocationInfo_PipelineIterationInfo", PsObject.list(NUMBERS, zeros()))
                .extended("InvocationInfo_PipelineLength", 1)
                .extended("InvocationInfo_PipelinePosition", 1)
                .extended("InvocationInfo_PSScriptRoot", "")
                .extended("InvocationInfo_PSCommandPath", PsNull.NULL)
                .extended("InvocationInfo_PositionMessage", "")
                .extended("InvocationInfo_ScriptLineNumber", 0)
                .extended("InvocationInfo_ScriptName", "")
                .extended("InvocationInfo_UnboundArguments", PsObject.list(UNBOUND_ARGUMENTS, List.of()))
                .extended("SerializeExtent", false)
                .extended("CommandInfo_CommandType", enumeration("CommandTypes", "Function", FUNCTION))
                .extended("CommandInfo_Definition", "")
                .extended("CommandInfo_Name", command)
                .extended("CommandInfo_Visibility", enumeration("SessionStateEntryVisibility", "Public", 0));
    }

    private static List<PsPrimitive> zeros() {
        return List.of(PsPrimitive.of(0), PsPrimitive.of(0));
    }

    private static PsValue enumeration(final String type, final String name, final int number) {
        return PsObject.enumeration(AUTOMATION + type, name, number);
    }

    /**
     * A debug, verbose or warning record.
     *
     * @param type {@code DebugRecord}, {@code VerboseRecord} or {@code WarningRecord}
     * @param command the cmdlet that wrote it
     * @param isDetailed whether it tells of its invocation
     */
    static PsValue informational(
            final String type, final String message, final String command, final boolean isDetailed) {
        final PsObject.Builder record = PsObject.builder()
                .types(List.of(AUTOMATION + type, AUTOMATION + "InformationalRecord", OBJECT))
                .text(message)
                .extended("InformationalRecord_Message", message)
                .extended("InformationalRecord_SerializeInvocationInfo", isDetailed);
        if (isDetailed) {
            invocationDetails(record, command);
            record.extended("InformationalRecord_PipelineIterationInfo", PsObject.list(READ_ONLY_NUMBERS, zeros()));
        }
        return record.build();
    }

    /**
     * An information record, with everything that clients look for.
     *
     * @param source the cmdlet that wrote it
     * @param at when, by the stamp's clock
     */
    static PsValue information(
            final String message, final String source, final Instant at, final String user, final String computer) {
        return PsObject.builder()
                .extended("MessageData", message)
                .extended("Source", source)
                .extended("TimeGenerated", PsPrimitive.of(at.atOffset(ZoneOffset.UTC)))
                .extended("Tags", PsObject.list(TAGS, List.of()))
                .extended("User", user)
                .extended("Computer", computer)
                .extended("ProcessId", PsPrimitive.integer(PrimitiveType.UINT32, PROCESS_ID))
                .extended("NativeThreadId", PsPrimitive.integer(PrimitiveType.UINT32, 1))
                .extended("ManagedThreadId", PsPrimitive.integer(PrimitiveType.UINT32, 1))
                .build();
    }

    /**
     * A progress record.
     *
     * @param percent 0 to 100, or -1
     */
    static PsValue progress(final String activity, final String status, final int percent) {
        final boolean isOver = percent >= 100;
        return PsObject.builder()
                .extended("Activity", activity)
                .extended("ActivityId", 0)
                // PowerShell has no empty status: it writes a blank.
                .extended("StatusDescription", status.isEmpty() ? " " : status)
                .extended("CurrentOperation", PsNull.NULL)
                .extended("ParentActivityId", -1)
                .extended("PercentComplete", percent)
                .extended(
                        "Type", enumeration("ProgressRecordType", isOver ? "Completed" : "Processing", isOver ? 1 : 0))
                .extended("SecondsRemaining", -1)
                .build();
    }

    /** A pipeline's state, with the error that brought it there. */
    static PsValue pipelineState(final int state, final PsValue error) {
        return state("PipelineState", state, error);
    }

    /** A pool's state, with the error that brought it there. */
    static PsValue poolState(final int state, final PsValue error) {
        return state("RunspaceState", state, error);
    }

    private static PsValue state(final String name, final int state, final PsValue error) {
        final PsObject.Builder builder = PsObject.builder().extended(name, state);
        if (!error.isNull()) {
            builder.extended("ExceptionAsErrorRecord", error);
        }
        return builder.build();
    }

    /** What a script is answered where there is no language (recorded). */
    static TerminatingError scriptsNotAllowed(final String script) {
        return new TerminatingError(
                "The syntax is not supported by this runspace. This can occur if the runspace is in no-language mode.",
                AUTOMATION + "ParseException",
                "ScriptsNotAllowed",
                ErrorCategory.PARSER_ERROR.number(),
                "",
                script,
                "String");
    }

    /** What the name of no command is answered. */
    static TerminatingError commandNotFound(final String name) {
        return new TerminatingError(
                "The term '" + name + "' is not recognized as the name of a cmdlet, function, script file, or operable"
                        + " program. Check the spelling of the name, or if a path was included, verify that the path is"
                        + " correct and try again.",
                AUTOMATION + "CommandNotFoundException",
                "CommandNotFoundException",
                ErrorCategory.OBJECT_NOT_FOUND.number(),
                "",
                name,
                "String");
    }

    /** What a stopped pipeline ends with. */
    static TerminatingError stopped() {
        return new TerminatingError(
                "The pipeline has been stopped.",
                AUTOMATION + "PipelineStoppedException",
                "PipelineStopped",
                ErrorCategory.OPERATION_STOPPED.number(),
                "",
                "",
                "");
    }

    /** What is said of each object that is piped into a command that takes none. */
    static TerminatingError inputNotBound(final String command) {
        return new TerminatingError(
                "The input object cannot be bound to any parameters for the command either because the command does not"
                        + " take pipeline input or the input and its properties do not match any of the parameters that"
                        + " take pipeline input.",
                AUTOMATION + "ParameterBindingException",
                "InputObjectNotBound," + command,
                ErrorCategory.INVALID_ARGUMENT.number(),
                command,
                "",
                "");
    }

    /** SESSION_CAPABILITY (2.2.2.1). */
    static PsValue sessionCapability(final String version) {
        return PsObject.builder()
                .extended("protocolversion", version(version))
                .extended("PSVersion", version("2.0"))
                .extended("SerializationVersion", version("1.1.0.1"))
                .build();
    }

    /** APPLICATION_PRIVATE_DATA (2.2.2.13), as recorded. */
    static PsValue applicationPrivateData(final String protocol) {
        final PsValue table = PsObject.builder()
                .types(TypeNames.PRIMITIVE_DICTIONARY)
                .container(ContainerKind.DICTIONARY)
                .entry("PSVersion", version("5.1.14393.2248"))
                .entry("PSEdition", PsPrimitive.of("Desktop"))
                .entry(
                        "PSCompatibleVersions",
                        PsObject.list(
                                List.of("System.Version[]", "System.Array", OBJECT),
                                List.of(
                                        version("1.0"),
                                        version("2.0"),
                                        version("3.0"),
                                        version("4.0"),
                                        version("5.0"),
                                        version("5.1.14393.2248"))))
                .entry("CLRVersion", version("4.0.30319.42000"))
                .entry("BuildVersion", version("10.0.14393.2248"))
                .entry("WSManStackVersion", version("3.0"))
                .entry("PSRemotingProtocolVersion", version(protocol))
                .entry("SerializationVersion", version("1.1.0.1"))
                .build();
        return PsObject.builder()
                .extended(
                        "ApplicationPrivateData",
                        PsObject.builder()
                                .types(TypeNames.PRIMITIVE_DICTIONARY)
                                .container(ContainerKind.DICTIONARY)
                                .entry("PSVersionTable", table)
                                .build())
                .build();
    }

    private static PsValue version(final String text) {
        return PsPrimitive.of(PsVersion.parse(text));
    }
}
