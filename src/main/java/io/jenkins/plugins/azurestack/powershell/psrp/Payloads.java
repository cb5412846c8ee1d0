package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.PsNull;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.clixml.PsVersion;
import io.jenkins.plugins.azurestack.powershell.clixml.TypeNames;
import java.util.List;

/** What a client's messages say (MS-PSRP 2.2.2). Pure functions. */
final class Payloads {
    private static final String RUNSPACES = "System.Management.Automation.Runspaces.";
    private static final String REMOTE_STREAM_OPTIONS = RUNSPACES + "RemoteStreamOptions";
    private static final String APARTMENT_STATE = RUNSPACES + "ApartmentState";
    private static final String THREAD_OPTIONS = RUNSPACES + "PSThreadOptions";
    private static final String RESULT_TYPES = RUNSPACES + "PipelineResultTypes";
    private static final String HOST_METHOD = "System.Management.Automation.Remoting.RemoteHostMethodId";
    private static final int UNKNOWN_APARTMENT = 2;
    private static final List<String> ERROR_RECORD =
            List.of("System.Management.Automation.ErrorRecord", "System.Object");
    private static final List<String> HOST_EXCEPTION = List.of(
            "System.Management.Automation.Host.HostException",
            "System.Management.Automation.RuntimeException",
            "System.SystemException",
            "System.Exception",
            "System.Object");

    private Payloads() {}

    /** SESSION_CAPABILITY (2.2.2.1). */
    static PsValue sessionCapability() {
        return PsObject.builder()
                .extended("protocolversion", version("2.3"))
                .extended("PSVersion", version("2.0"))
                .extended("SerializationVersion", version("1.1.0.1"))
                .build();
    }

    private static PsValue version(String text) {
        return PsPrimitive.of(PsVersion.parse(text));
    }

    /** INIT_RUNSPACEPOOL (2.2.2.2): one runspace, no host. */
    static PsValue initRunspacePool() {
        return PsObject.builder()
                .extended("MinRunspaces", 1)
                .extended("MaxRunspaces", 1)
                .extended("PSThreadOptions", PsObject.enumeration(THREAD_OPTIONS, "Default", 0))
                .extended("ApartmentState", apartmentState())
                .extended("HostInfo", noHost())
                .extended("ApplicationArguments", PsNull.NULL)
                .build();
    }

    /** CONNECT_RUNSPACEPOOL (2.2.2.28), leaving the number of runspaces as it is. */
    static PsValue connectRunspacePool() {
        return PsPrimitive.of("");
    }

    /** PUBLIC_KEY (2.2.2.3). */
    static PsValue publicKey(String blob) {
        return PsObject.builder().extended("PublicKey", blob).build();
    }

    private static PsValue apartmentState() {
        return PsObject.enumeration(APARTMENT_STATE, "UNKNOWN", UNKNOWN_APARTMENT);
    }

    /** Without a host a prompt becomes an error at once instead of a question that nobody answers. */
    private static PsValue noHost() {
        return PsObject.builder()
                .extended("_isHostNull", true)
                .extended("_isHostUINull", true)
                .extended("_isHostRawUINull", true)
                .extended("_useRunspaceHost", true)
                .build();
    }

    /** CREATE_PIPELINE (2.2.2.10) in the shape of the agreed version. */
    static PsValue createPipeline(PipelineRequest request, ProtocolVersion version, Secrets secrets) {
        return PsObject.builder()
                .extended("NoInput", request.input().isEmpty())
                .extended("ApartmentState", apartmentState())
                .extended("RemoteStreamOptions", PsObject.enumeration(REMOTE_STREAM_OPTIONS, "0", 0))
                .extended("AddToHistory", false)
                .extended("HostInfo", noHost())
                .extended("PowerShell", powerShell(request.statements(), version, secrets))
                .extended("IsNested", false)
                .build();
    }

    private static PsValue powerShell(List<List<Command>> statements, ProtocolVersion version, Secrets secrets) {
        List<PsValue> lists = statements.stream()
                .map(statement -> commandList(statement, version, secrets))
                .toList();
        return PsObject.builder()
                .extended("IsNested", false)
                .extended("ExtraCmds", lists.size() == 1 ? PsNull.NULL : extraCommands(lists))
                // once more, not the same object: Windows' own client sends no reference here
                .extended("Cmds", commandList(statements.get(0), version, secrets))
                .extended("History", PsNull.NULL)
                .extended("RedirectShellErrorOutputPipe", false)
                .build();
    }

    /** Not documented: with several statements this list holds all of them, the first included. */
    private static PsValue extraCommands(List<PsValue> lists) {
        List<PsObject> statements = lists.stream()
                .map(list -> PsObject.builder().extended("Cmds", list).build())
                .toList();
        return PsObject.list(TypeNames.PS_OBJECT_LIST, statements);
    }

    private static PsValue commandList(List<Command> commands, ProtocolVersion version, Secrets secrets) {
        return PsObject.list(
                TypeNames.PS_OBJECT_LIST,
                commands.stream()
                        .map(command -> command(command, version, secrets))
                        .toList());
    }

    private static PsObject command(Command command, ProtocolVersion version, Secrets secrets) {
        boolean merge = command.errorsToOutput();
        PsObject.Builder builder = PsObject.builder()
                .extended("Cmd", command.text())
                .extended("IsScript", command.isScript())
                .extended("UseLocalScope", PsNull.NULL)
                .extended("MergeMyResult", merge ? resultType("Error", 2) : none())
                .extended("MergeToResult", merge ? resultType("Output", 1) : none())
                .extended("MergePreviousResults", none())
                .extended("Args", arguments(command.parameters(), secrets));
        if (version.isAtLeast(ProtocolVersion.V2_2)) {
            builder.extended("MergeError", merge ? resultType("Output", 1) : none())
                    .extended("MergeWarning", none())
                    .extended("MergeVerbose", none())
                    .extended("MergeDebug", none());
        }
        if (version.isAtLeast(ProtocolVersion.V2_3)) {
            builder.extended("MergeInformation", none());
        }
        return builder.build();
    }

    private static PsValue none() {
        return resultType("None", 0);
    }

    private static PsValue resultType(String name, int number) {
        return PsObject.enumeration(RESULT_TYPES, name, number);
    }

    private static PsValue arguments(List<Command.Parameter> parameters, Secrets secrets) {
        List<PsObject> arguments = parameters.stream()
                .map(parameter -> PsObject.builder()
                        .extended("N", PsValue.ofNullable(parameter.name().orElse(null)))
                        .extended("V", parameter.argument().value(secrets))
                        .build())
                .toList();
        return PsObject.list(TypeNames.PS_OBJECT_LIST, arguments);
    }

    /** A host response (2.2.2.16, 2.2.2.28) that refuses the call with an error instead of an answer. */
    static PsValue hostRefusal(HostCall call) {
        String text = "This client is non-interactive: nobody is there to answer the host call " + call.methodName()
                + ". Give all parameters with the command.";
        PsObject exception = PsObject.builder()
                .types(HOST_EXCEPTION)
                .text("System.Management.Automation.Host.HostException: " + text)
                .adapted("Message", PsPrimitive.of(text))
                .build();
        PsObject error = PsObject.builder()
                .types(ERROR_RECORD)
                .text(text)
                .extended("Exception", exception)
                .extended("TargetObject", PsNull.NULL)
                .extended("FullyQualifiedErrorId", "NonInteractiveClient")
                .extended("InvocationInfo", PsNull.NULL)
                .extended("ErrorCategory_Category", ErrorCategory.INVALID_OPERATION.number())
                .extended("ErrorCategory_Activity", "")
                .extended("ErrorCategory_Reason", "HostException")
                .extended("ErrorCategory_TargetName", "")
                .extended("ErrorCategory_TargetType", "")
                .extended("ErrorCategory_Message", "InvalidOperation: (:) [], HostException")
                .extended("SerializeExtendedInfo", false)
                .build();
        return PsObject.builder()
                .extended("ci", call.callId())
                .extended("mi", PsObject.enumeration(HOST_METHOD, call.methodName(), call.methodNumber()))
                .extended("me", error)
                .build();
    }
}
