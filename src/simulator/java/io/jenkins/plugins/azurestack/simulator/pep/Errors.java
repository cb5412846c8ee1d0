package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.remoting.TerminatingError;

/** Errors as PowerShell makes them in the stamp's own scripts. */
final class Errors {
    /** Numbers of PowerShell's {@code ErrorCategory}. */
    private static final int INVALID_ARGUMENT = 5;

    private static final int INVALID_DATA = 6;
    private static final int INVALID_OPERATION = 7;
    private static final int OPERATION_STOPPED = 14;
    private static final int RESOURCE_BUSY = 19;

    private Errors() {}

    /** What {@code throw 'text'} makes in a script: the text is the id, and the target too. */
    static TerminatingError thrown(final String text) {
        return new TerminatingError(
                text, "System.Management.Automation.RuntimeException", text, OPERATION_STOPPED, "", text, "String");
    }

    /** What a wrong folder layout leads to, literally (rotation page): nothing about folders, nothing about a share. */
    static TerminatingError wrongLayout() {
        return nullArgument("Path", "Test-Certificate");
    }

    /** What a cmdlet says that is handed null for a parameter that takes none. */
    static TerminatingError nullArgument(final String parameter, final String cmdlet) {
        return new TerminatingError(
                "Cannot bind argument to parameter '" + parameter + "' because it is null.",
                "System.Management.Automation.ParameterBindingValidationException",
                "ParameterArgumentValidationErrorNullNotAllowed," + cmdlet,
                INVALID_DATA,
                cmdlet,
                "",
                "");
    }

    /** What {@code New-PSDrive} says of a share that can't be reached, or not by that user. */
    static TerminatingError noDrive(final String reason) {
        return new TerminatingError(
                reason,
                "System.ComponentModel.Win32Exception",
                "CouldNotMapNetworkDrive,Microsoft.PowerShell.Commands.NewPSDriveCommand",
                INVALID_OPERATION,
                "New-PSDrive",
                "CertShare",
                "PSDriveInfo");
    }

    /** What a cmdlet says of an argument that its validation refuses. */
    static TerminatingError invalid(final String cmdlet, final String parameter, final String reason) {
        return new TerminatingError(
                "Cannot validate argument on parameter '" + parameter + "'. " + reason,
                "System.Management.Automation.ParameterBindingValidationException",
                "ParameterArgumentValidationError," + cmdlet,
                INVALID_DATA,
                cmdlet,
                "",
                "");
    }

    /** What a cmdlet says that is called in a way that makes no sense. */
    static TerminatingError wrongCall(final String cmdlet, final String reason) {
        return new TerminatingError(
                reason, "System.ArgumentException", "InvalidArgument," + cmdlet, INVALID_ARGUMENT, cmdlet, "", "");
    }

    /** What the engine says that has something else to do first. */
    static TerminatingError busy(final String cmdlet, final String reason) {
        return new TerminatingError(
                reason,
                "System.InvalidOperationException",
                "ActionPlanConflict," + cmdlet,
                RESOURCE_BUSY,
                cmdlet,
                "",
                "");
    }

    /** What the engine says when the action plan failed that a cmdlet waited for. */
    static TerminatingError failed(final String cmdlet, final String reason) {
        return new TerminatingError(
                reason,
                "CloudEngine.Actions.InterfaceInvocationFailedException",
                "ActionPlanFailed," + cmdlet,
                OPERATION_STOPPED,
                cmdlet,
                "",
                "");
    }
}
