package io.jenkins.plugins.azurestack.powershell.psrp;

/**
 * What {@code Write-Debug} writes (MS-PSRP 2.2.3.16). Immutable.
 *
 * @param message the text; never null
 */
public record DebugRecord(String message) implements StreamRecord {}
