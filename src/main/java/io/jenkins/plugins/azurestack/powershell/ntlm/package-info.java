/**
 * NTLMv2: messages, keys, and sealing of what follows them (MS-NLMP), as pure functions of bytes. How the tokens
 * travel is not known here, and neither NTLMv1 nor anonymous logons exist.
 */
package io.jenkins.plugins.azurestack.powershell.ntlm;
