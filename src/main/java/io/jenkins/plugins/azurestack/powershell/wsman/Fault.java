package io.jenkins.plugins.azurestack.powershell.wsman;

/**
 * What {@code s:Fault} says.
 *
 * @param code the code of {@code f:WSManFault}, unsigned; -1 if there is none
 * @param machine may be empty
 * @param providerMessage text of {@code f:Message} and {@code f:ProviderFault}; may be empty
 * @param subcode local part of the SOAP subcode; may be empty
 * @param reason SOAP reason; may be empty
 */
record Fault(long code, String machine, String providerMessage, String subcode, String reason) {

    WsManFaultException.Kind kind() {
        return WsManFaultException.Kind.OTHER;
    }
}
