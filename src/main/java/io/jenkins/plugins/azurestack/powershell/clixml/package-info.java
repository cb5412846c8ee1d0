/**
 * CLIXML, the XML in which PowerShell serialises objects (MS-PSRP 2.2.5): a value model, a bounded reader and a writer whose
 * output Windows PowerShell 5.1 accepts. What the objects mean, messages, keys and the network live elsewhere.
 */
package io.jenkins.plugins.azurestack.powershell.clixml;
