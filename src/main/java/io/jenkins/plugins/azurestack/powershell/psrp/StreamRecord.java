package io.jenkins.plugins.azurestack.powershell.psrp;

/** What a pipeline writes to one of its streams other than output. */
public sealed interface StreamRecord
        permits ErrorRecord, WarningRecord, VerboseRecord, DebugRecord, ProgressRecord, InformationRecord {}
