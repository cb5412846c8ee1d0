package io.jenkins.plugins.azurestack.simulator.remoting;

import java.util.Optional;

/**
 * A SOAP fault as the WinRM service writes them. Codes and texts are those of Windows ({@code wsmerror.h}); each
 * situation has a factory method of its own.
 */
final class WsManFault extends Exception {
    static final long TIMED_OUT = 2_150_858_793L;
    static final long UNEXPECTED_SELECTORS = 2_150_858_843L;

    private static final long serialVersionUID = 1;

    private static final String INVALID_SELECTORS_TEXT = "The WS-Management service cannot process the request because"
            + " the request contained invalid selectors for the resource. ";
    private static final String SHELL_PROVIDER_PATH = "%systemroot%\\system32\\WsmSvc.dll";

    private final String outcome;
    private final long code;
    private final String soapCode;
    private final String subcode;
    private final String detail;
    private final String message;
    private final String provider;
    private final String notUnderstood;

    private WsManFault(
            final String outcome, final long code, final String soapCode, final String subcode, final String reason) {
        this(outcome, code, soapCode, subcode, reason, "", reason, "", "");
    }

    private WsManFault(
            final String outcome,
            final long code,
            final String soapCode,
            final String subcode,
            final String reason,
            final String detail,
            final String message,
            final String provider,
            final String notUnderstood) {
        super(reason);
        this.outcome = outcome;
        this.code = code;
        this.soapCode = soapCode;
        this.subcode = subcode;
        this.detail = detail;
        this.message = message;
        this.provider = provider;
        this.notUnderstood = notUnderstood;
    }

    private WsManFault withDetail(final String last) {
        return new WsManFault(outcome, code, soapCode, subcode, getMessage(), last, message, provider, notUnderstood);
    }

    private WsManFault saying(final String more) {
        return new WsManFault(outcome, code, soapCode, subcode, getMessage(), detail, more, provider, notUnderstood);
    }

    private WsManFault by(final String whichProvider) {
        return new WsManFault(
                outcome, code, soapCode, subcode, getMessage(), detail, message, whichProvider, notUnderstood);
    }

    private static WsManFault sender(final String outcome, final long code, final String subcode, final String reason) {
        return new WsManFault(outcome, code, "s:Sender", subcode, reason);
    }

    private static WsManFault receiver(final String outcome, final long code, final String reason) {
        return new WsManFault(outcome, code, "s:Receiver", "w:InternalError", reason);
    }

    /** Nothing to say within the client's OperationTimeout. */
    static WsManFault timedOut() {
        // Two blanks at the end, as recorded.
        return new WsManFault(
                "timed-out",
                TIMED_OUT,
                "s:Receiver",
                "w:TimedOut",
                "The WS-Management service cannot complete the operation within the time specified in OperationTimeout."
                        + "  ");
    }

    /** The shell is not there, or not any more. */
    static WsManFault noSuchShell() {
        return sender("no-such-shell", UNEXPECTED_SELECTORS, "w:InvalidSelectors", INVALID_SELECTORS_TEXT)
                .withDetail("UnexpectedSelectors")
                .by("Shell provider");
    }

    /** The command is not there, or not any more. */
    static WsManFault noSuchCommand() {
        return sender("no-such-command", UNEXPECTED_SELECTORS, "w:InvalidSelectors", INVALID_SELECTORS_TEXT)
                .withDetail("UnexpectedSelectors")
                .saying("The Windows Remote Shell received a request to perform an operation on a command identifier"
                        + " that does not exist. Either the command has completed execution or the client specified an"
                        + " invalid command identifier. ");
    }

    /** A selector that an operation needs is missing. */
    static WsManFault selectorMissing() {
        return sender(
                        "selector-missing",
                        2_150_858_842L,
                        "w:InvalidSelectors",
                        "The WS-Management service cannot process the request because the request did not contain all"
                                + " required selectors. ")
                .withDetail("InsufficientSelectors");
    }

    /** A shell, command or configuration that this user may not use. */
    static WsManFault accessDenied() {
        return sender("access-denied", 5, "w:AccessDenied", "Access is denied. ");
    }

    /** No session configuration, or other resource, goes by that name. */
    static WsManFault noSuchResource() {
        return sender(
                        "no-such-resource",
                        2_150_858_811L,
                        "a:DestinationUnreachable",
                        "The WS-Management service cannot process the request. The resource URI is missing or it has an"
                                + " incorrect format. Check the documentation or use the following command for"
                                + " information on how to construct a resource URI: \"winrm help uris\". ")
                .withDetail("InvalidResourceURI");
    }

    /** The user has as many shells as it may have. */
    static WsManFault tooManyShells(final int allowed) {
        return sender(
                "too-many-shells",
                2_150_859_173L,
                "w:QuotaLimit",
                "The WS-Management service cannot process the request. This user is allowed a maximum number of "
                        + allowed
                        + " concurrent shells, which has been exceeded. Close existing shells or raise the quota for"
                        + " this user. ");
    }

    /** The shell has as many commands as it may have. */
    static WsManFault tooManyCommands() {
        return receiver(
                "too-many-commands",
                2_150_859_241L,
                "The WS-Management service cannot process the request. The maximum number of concurrent commands per"
                        + " shell has been exceeded. Retry the request later or raise the Maximum Commands per Shell"
                        + " quota. ");
    }

    /** The request is larger than the service takes. */
    static WsManFault requestTooLarge() {
        return sender(
                        "too-large",
                        2_150_858_805L,
                        "w:EncodingLimit",
                        "The WS-Management service cannot process the request because the encoding of the request"
                                + " exceeds an internal encoding limit. Reconfigure the client to send messages which"
                                + " fit the encoding limits of the service. ")
                .withDetail("MaxEnvelopeSize");
    }

    /** The answer is larger than the client takes. */
    static WsManFault answerTooLarge() {
        return sender(
                        "answer-too-large",
                        2_150_858_824L,
                        "w:EncodingLimit",
                        "The response that the WS-Management service computed exceeds the maximum envelope size in the"
                                + " request. ")
                .withDetail("MaxEnvelopeSizeExceeded");
    }

    /** What came is no XML, or has a document type. */
    static WsManFault invalidXml() {
        return sender(
                "invalid-xml",
                2_150_858_819L,
                "w:SchemaValidationError",
                "The WS-Management service cannot process the request because the XML is invalid. ");
    }

    /** The body is none that the action takes. */
    static WsManFault invalidBody() {
        return sender(
                "invalid-body",
                2_150_858_817L,
                "w:SchemaValidationError",
                "The SOAP XML in the message does not match the corresponding XML schema definition. Change the XML and"
                        + " retry. ");
    }

    /** A header is missing. */
    static WsManFault headerMissing() {
        return sender(
                "header-missing",
                2_150_858_769L,
                "a:MessageInformationHeaderRequired",
                "The WS-Management service cannot process the request. The request does not have all the expected SOAP"
                        + " headers. ");
    }

    /** The operation time-out is none. */
    static WsManFault invalidTimeout(final String text) {
        return sender(
                        "invalid-header",
                        2_150_858_767L,
                        "a:InvalidMessageInformationHeader",
                        "The WS-Management service cannot process the request. The request contains one or more invalid"
                                + " SOAP headers. ")
                .saying("The WS-Management service cannot process the request. The XML contains an invalid timeout"
                        + " field in the SOAP header: " + text + ". ");
    }

    /** A header is to be understood, and is not. */
    static WsManFault notUnderstood(final String name) {
        final String reason = "The WS-Management service cannot process a SOAP header in the request that is marked as"
                + " mustUnderstand by the client.  This could be caused by the use of a version of the protocol which"
                + " is not supported, or may be an incompatibility  between the client and server implementations. ";
        return new WsManFault("not-understood", 2_150_858_768L, "s:MustUnderstand", "", reason, "", reason, "", name);
    }

    /** No such operation. */
    static WsManFault noSuchAction() {
        return sender(
                "no-such-action",
                2_150_858_771L,
                "a:ActionNotSupported",
                "The WS-Management service does not support the action specified in the request. ");
    }

    /** An option that must be complied with is not known, or has a value that is not. */
    static WsManFault invalidOption() {
        return sender(
                        "invalid-option",
                        2_150_858_809L,
                        "w:InvalidOptions",
                        "The WS-Management service cannot process the request because one or more options are not"
                                + " valid. The option names or values may not be valid or they are used in incorrect"
                                + " combinations. Retrieve the catalog entry for the resource and determine how to"
                                + " correct the invalid option values. ")
                .withDetail("InvalidValue");
    }

    /** Somebody else's Receive for the same output is waiting. */
    static WsManFault concurrent() {
        return sender(
                "concurrent",
                2_150_858_802L,
                "w:Concurrency",
                "The WS-Management service cannot complete the WS-Addressing Action URI in the request because the"
                        + " resource was already in use. ");
    }

    /** The shell is closing: its waiting operations end. */
    static WsManFault aborted() {
        return receiver(
                "aborted",
                995,
                "The I/O operation has been aborted because of either a thread exit or an application request. ");
    }

    /** The shell was disconnected while an operation waited. */
    static WsManFault streamDisconnected() {
        return receiver(
                "stream-disconnected",
                2_150_859_230L,
                "The WinRM service cannot process the request because the stream is currently disconnected. ");
    }

    /** The shell is disconnected. */
    static WsManFault shellDisconnected() {
        return receiver(
                "shell-disconnected",
                2_150_859_204L,
                "The WinRM service cannot process the request because the WinRS shell instance is currently"
                        + " disconnected. ");
    }

    /** Another client session is connected to the shell. */
    static WsManFault otherClient() {
        return receiver(
                "other-client",
                2_150_859_206L,
                "The WinRM service cannot process the request because the WinRS shell instance is connected to a"
                        + " different client. ");
    }

    /** Another client session is connected to the shell that was to be connected to. */
    static WsManFault connectedElsewhere() {
        return receiver(
                "connected-elsewhere",
                2_150_859_213L,
                "The WinRM service cannot process the request. The WinRS shell instance is currently connected to a"
                        + " different client. ");
    }

    /** The shell can't be disconnected twice. */
    static WsManFault alreadyDisconnected() {
        return receiver(
                "already-disconnected",
                2_150_859_215L,
                "The WinRM client cannot process the request. A disconnect operation cannot be performed on a WinRS"
                        + " shell instance that is already disconnected. ");
    }

    /** An id that a client chose for a shell is no GUID. */
    static WsManFault shellIdInvalid() {
        return receiver(
                "shell-id-invalid",
                2_150_859_221L,
                "The WinRM service cannot process the request because the shell ID specified by the client is not a"
                        + " valid GUID. Provide a valid ID and try again. ");
    }

    /** An id that a client chose for a shell is taken. */
    static WsManFault shellIdTaken() {
        return receiver(
                "shell-id-taken",
                2_150_859_223L,
                "The WinRM service cannot process the request. A resource already exists with the shell ID specified by"
                        + " the client. ");
    }

    /** An id that a client chose for a command is no GUID. */
    static WsManFault commandIdInvalid() {
        return receiver(
                "command-id-invalid",
                2_150_859_220L,
                "The WinRM service cannot process the request because the command ID specified by the client is not a"
                        + " valid GUID. Modify the request and retry the request. ");
    }

    /** An id that a client chose for a command is taken. */
    static WsManFault commandIdTaken() {
        return receiver(
                "command-id-taken",
                2_150_859_222L,
                "The WinRM service cannot process the request. A command already exists with the command ID specified by"
                        + " the client. ");
    }

    /** What came as PSRP is none, or not what is due. */
    static WsManFault malformedMessage() {
        return sender("malformed-message", 87, "w:InvalidParameter", "The parameter is incorrect. ")
                .withDetail("InvalidValue");
    }

    /** What the ledger calls it. */
    String outcome() {
        return outcome;
    }

    /** The code of Windows, unsigned. */
    long code() {
        return code;
    }

    /** The SOAP code, with its prefix. */
    String soapCode() {
        return soapCode;
    }

    /** The SOAP subcode, with its prefix; may be empty. */
    String subcode() {
        return subcode;
    }

    /** The last part of the fault detail's URI, if there is one. */
    Optional<String> detail() {
        return detail.isEmpty() ? Optional.empty() : Optional.of(detail);
    }

    /** What {@code f:Message} says. */
    String said() {
        return message;
    }

    /** Which provider of WinRM says it, if one does. */
    Optional<String> provider() {
        return provider.isEmpty() ? Optional.empty() : Optional.of(provider);
    }

    /** Where that provider lives. */
    String providerPath() {
        return SHELL_PROVIDER_PATH;
    }

    /** The header that was not understood, if that is it. */
    Optional<String> notUnderstoodHeader() {
        return notUnderstood.isEmpty() ? Optional.empty() : Optional.of(notUnderstood);
    }
}
