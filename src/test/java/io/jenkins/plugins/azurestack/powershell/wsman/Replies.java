package io.jenkins.plugins.azurestack.powershell.wsman;

import io.jenkins.plugins.azurestack.powershell.wsman.SealedEndpoint.Received;
import io.jenkins.plugins.azurestack.powershell.wsman.SealedEndpoint.Reply;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Envelopes as Windows writes them. */
final class Replies {

    private static final Pattern COMMAND = Pattern.compile("CommandId=\"([^\"]*)\"");
    private static final Pattern SHELL = Pattern.compile("ShellId=\"([^\"]*)\"");

    private Replies() {}

    /** What a server answers that has no complaints. */
    static Reply ordinary(final Received request) {
        return Reply.sealed(200, envelope(request.messageId(), body(request)));
    }

    private static String body(final Received request) {
        return switch (request.operation()) {
            case "Create" ->
                "<x:ResourceCreated><a:ReferenceParameters><w:SelectorSet><w:Selector Name=\"ShellId\">"
                        + first(SHELL, request)
                        + "</w:Selector></w:SelectorSet></a:ReferenceParameters></x:ResourceCreated>"
                        + "<rsp:Shell><rsp:ShellId>ignored</rsp:ShellId><rsp:Owner>HOST\\user</rsp:Owner>"
                        + "<rsp:IdleTimeOut>PT7200.000S</rsp:IdleTimeOut><rsp:BufferMode>Block</rsp:BufferMode></rsp:Shell>";
            case "Command" ->
                "<rsp:CommandResponse><rsp:CommandId>" + first(COMMAND, request)
                        + "</rsp:CommandId></rsp:CommandResponse>";
            case "Receive" ->
                "<rsp:ReceiveResponse><rsp:Stream Name=\"stdout\">b3V0cHV0</rsp:Stream>"
                        + "<rsp:CommandState State=\"" + Namespaces.SHELL + "/CommandState/Done\">"
                        + "<rsp:ExitCode>0</rsp:ExitCode></rsp:CommandState></rsp:ReceiveResponse>";
            case "Connect" ->
                "<rsp:ConnectResponse><connectResponseXml xmlns=\"" + Namespaces.POWERSHELL
                        + "\">Y29ubmVjdGVk</connectResponseXml></rsp:ConnectResponse>";
            default -> "";
        };
    }

    private static String first(final Pattern pattern, final Received request) {
        final Matcher matcher = pattern.matcher(request.text());
        return matcher.find() ? matcher.group(1) : "";
    }

    static Reply fault(final Received request, final int status, final long code, final String message) {
        return Reply.sealed(status, faultEnvelope(request.messageId(), code, message));
    }

    static String faultEnvelope(final String messageId, final long code, final String message) {
        return envelope(
                messageId,
                "<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>w:Whatever</s:Value></s:Subcode>"
                        + "</s:Code><s:Reason><s:Text xml:lang=\"en-US\">the reason</s:Text></s:Reason><s:Detail>"
                        + "<f:WSManFault xmlns:f=\"" + Namespaces.FAULT + "\" Code=\"" + code
                        + "\" Machine=\"ercs01\"><f:Message><f:ProviderFault provider=\"p\" path=\"x\">" + message
                        + "</f:ProviderFault></f:Message></f:WSManFault></s:Detail></s:Fault>");
    }

    static String envelope(final String messageId, final String body) {
        return "<s:Envelope xml:lang=\"en-US\" xmlns:s=\"" + Namespaces.SOAP + "\" xmlns:a=\"" + Namespaces.ADDRESSING
                + "\" xmlns:x=\"" + Namespaces.TRANSFER + "\" xmlns:w=\"" + Namespaces.WSMAN + "\" xmlns:rsp=\""
                + Namespaces.SHELL + "\"><s:Header><a:RelatesTo>" + messageId + "</a:RelatesTo></s:Header><s:Body>"
                + body + "</s:Body></s:Envelope>";
    }
}
