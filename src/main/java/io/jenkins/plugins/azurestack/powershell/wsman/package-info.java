/**
 * WS-Management as PowerShell remoting uses it: envelopes, faults, the operations on shells and commands, and the
 * HTTP channels that carry them (MS-WSMV). What the bytes in the streams mean is not known here.
 */
package io.jenkins.plugins.azurestack.powershell.wsman;
