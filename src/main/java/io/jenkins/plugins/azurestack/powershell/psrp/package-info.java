/**
 * The PowerShell Remoting Protocol (MS-PSRP): runspace pools, pipelines, their streams and the session key, as an API
 * that reads like PowerShell. SOAP, HTTP and authentication live in {@code wsman} and {@code ntlm}, the serialisation
 * of objects in {@code clixml}; nothing here knows Azure Stack or Jenkins.
 */
package io.jenkins.plugins.azurestack.powershell.psrp;
