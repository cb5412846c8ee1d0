package io.jenkins.plugins.azurestack.powershell.psrp;

/**
 * What {@code Write-Verbose} writes (MS-PSRP 2.2.3.16). Immutable.
 *
 * @param message the text; never null
 */
public record VerboseRecord(String message) implements StreamRecord {}
