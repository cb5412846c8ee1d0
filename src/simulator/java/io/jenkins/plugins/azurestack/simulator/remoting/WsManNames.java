package io.jenkins.plugins.azurestack.simulator.remoting;

/** The URIs of SOAP, WS-Addressing, WS-Management and MS-WSMV. */
final class WsManNames {
    static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";
    static final String ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
    static final String TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer";
    static final String ENUMERATION = "http://schemas.xmlsoap.org/ws/2004/09/enumeration";
    static final String EVENTING = "http://schemas.xmlsoap.org/ws/2004/08/eventing";
    static final String WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
    static final String WSMV = "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd";
    static final String SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
    static final String FAULT = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault";
    static final String POWERSHELL = "http://schemas.microsoft.com/powershell";
    static final String IDENTIFY = "http://schemas.dmtf.org/wbem/wsman/identify/1/wsmanidentity.xsd";
    static final String XML = "http://www.w3.org/XML/1998/namespace";

    static final String ANONYMOUS = ADDRESSING + "/role/anonymous";
    static final String FAULT_ACTION = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault";
    static final String FAULT_DETAIL = "http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/";
    static final String SELECTOR_FILTER = "http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter";
    /** The settings of WinRM, which are for administrators. */
    static final String CONFIGURATION = "http://schemas.microsoft.com/wbem/wsman/1/config";
    /** Commands of a shell, as a resource that can be enumerated. */
    static final String SHELL_COMMANDS = SHELL + "/Command";

    private WsManNames() {}
}
