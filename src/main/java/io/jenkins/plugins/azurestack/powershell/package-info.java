/**
 * PowerShell remoting for Java, usable by itself: what its layers share lives here, the layers in {@code ntlm},
 * {@code wsman}, {@code clixml} and {@code psrp}. Nothing here knows Azure Stack Hub or Jenkins, and nothing here
 * opens a socket except through {@link io.jenkins.plugins.azurestack.powershell.Connector}.
 */
package io.jenkins.plugins.azurestack.powershell;
