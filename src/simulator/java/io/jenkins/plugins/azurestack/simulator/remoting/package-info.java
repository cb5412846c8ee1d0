/**
 * The server's side of PowerShell remoting as a constrained endpoint has it: HTTP and HTTPS with NTLM, WS-Management
 * shells, runspace pools and pipelines, all as Windows answers. Which cmdlets there are, and what they do, is not known
 * here.
 */
package io.jenkins.plugins.azurestack.simulator.remoting;
