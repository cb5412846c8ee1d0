package io.jenkins.plugins.azurestack.powershell.psrp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Envelopes of a WS-Man server. */
final class SoapAnswer {
    static final long TIMED_OUT = 2150858793L;
    static final long GONE = 2150858843L;
    static final long SHELL_DISCONNECTED = 2150859204L;
    static final long STREAM_DISCONNECTED = 2150859230L;
    static final long RECONNECT_NOT_VALID = 2150859216L;
    static final long NO_SUCH_CONFIGURATION = 2150858811L;
    static final long ACCESS_DENIED = 5;

    private SoapAnswer() {}

    static byte[] to(SoapRequest request, String body) {
        return ("<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
                        + " xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
                        + " xmlns:x=\"http://schemas.xmlsoap.org/ws/2004/09/transfer\""
                        + " xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\""
                        + " xmlns:rsp=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell\">"
                        + "<s:Header><a:RelatesTo>" + request.messageId() + "</a:RelatesTo></s:Header><s:Body>"
                        + body + "</s:Body></s:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }

    static byte[] empty(SoapRequest request) {
        return to(request, "");
    }

    static byte[] created(SoapRequest request, String shellId) {
        return to(
                request,
                "<x:ResourceCreated><a:ReferenceParameters><w:SelectorSet><w:Selector Name=\"ShellId\">" + shellId
                        + "</w:Selector></w:SelectorSet></a:ReferenceParameters></x:ResourceCreated>");
    }

    static byte[] command(SoapRequest request, String commandId) {
        return to(
                request, "<rsp:CommandResponse><rsp:CommandId>" + commandId + "</rsp:CommandId></rsp:CommandResponse>");
    }

    static byte[] connected(SoapRequest request, byte[] payload) {
        String xml = payload.length == 0
                ? ""
                : "<connectResponseXml xmlns=\"http://schemas.microsoft.com/powershell\">" + base64(payload)
                        + "</connectResponseXml>";
        return to(request, "<rsp:ConnectResponse>" + xml + "</rsp:ConnectResponse>");
    }

    static byte[] stream(SoapRequest request, byte[] payload, boolean done) {
        String command = request.toPool() ? "" : " CommandId=\"" + request.commandId() + "\"";
        String stream = payload.length == 0
                ? ""
                : "<rsp:Stream Name=\"stdout\"" + command + ">" + base64(payload) + "</rsp:Stream>";
        String state = done
                ? "<rsp:CommandState" + command
                        + " State=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell/CommandState/Done\"/>"
                : "";
        return to(request, "<rsp:ReceiveResponse>" + stream + state + "</rsp:ReceiveResponse>");
    }

    private static String base64(byte[] payload) {
        return Base64.getEncoder().encodeToString(payload);
    }

    static byte[] fault(SoapRequest request, long code, String message) {
        return to(
                request,
                "<s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text xml:lang=\"en-US\">" + message
                        + "</s:Text></s:Reason><s:Detail><f:WSManFault"
                        + " xmlns:f=\"http://schemas.microsoft.com/wbem/wsman/1/wsmanfault\" Code=\"" + code
                        + "\" Machine=\"127.0.0.1\"><f:Message>" + message
                        + "</f:Message></f:WSManFault></s:Detail></s:Fault>");
    }
}
