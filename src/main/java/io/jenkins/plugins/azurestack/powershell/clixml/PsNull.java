package io.jenkins.plugins.azurestack.powershell.clixml;

/** PowerShell's {@code $null}: a {@code <Nil/>}, and the answer for a property that isn't there. */
public enum PsNull implements PsValue {
    /** The one null. */
    NULL
}
