package io.jenkins.plugins.azurestack.powershell.psrp;

/**
 * What kind of error an error record tells of ({@code System.Management.Automation.ErrorCategory}): PowerShell's own
 * names and numbers. Immutable.
 */
public enum ErrorCategory {
    NOT_SPECIFIED(0, "NotSpecified"),
    OPEN_ERROR(1, "OpenError"),
    CLOSE_ERROR(2, "CloseError"),
    DEVICE_ERROR(3, "DeviceError"),
    DEADLOCK_DETECTED(4, "DeadlockDetected"),
    INVALID_ARGUMENT(5, "InvalidArgument"),
    INVALID_DATA(6, "InvalidData"),
    INVALID_OPERATION(7, "InvalidOperation"),
    INVALID_RESULT(8, "InvalidResult"),
    INVALID_TYPE(9, "InvalidType"),
    METADATA_ERROR(10, "MetadataError"),
    NOT_IMPLEMENTED(11, "NotImplemented"),
    NOT_INSTALLED(12, "NotInstalled"),
    OBJECT_NOT_FOUND(13, "ObjectNotFound"),
    OPERATION_STOPPED(14, "OperationStopped"),
    OPERATION_TIMEOUT(15, "OperationTimeout"),
    SYNTAX_ERROR(16, "SyntaxError"),
    PARSER_ERROR(17, "ParserError"),
    PERMISSION_DENIED(18, "PermissionDenied"),
    RESOURCE_BUSY(19, "ResourceBusy"),
    RESOURCE_EXISTS(20, "ResourceExists"),
    RESOURCE_UNAVAILABLE(21, "ResourceUnavailable"),
    READ_ERROR(22, "ReadError"),
    WRITE_ERROR(23, "WriteError"),
    FROM_STD_ERR(24, "FromStdErr"),
    SECURITY_ERROR(25, "SecurityError"),
    PROTOCOL_ERROR(26, "ProtocolError"),
    CONNECTION_ERROR(27, "ConnectionError"),
    AUTHENTICATION_ERROR(28, "AuthenticationError"),
    LIMITS_EXCEEDED(29, "LimitsExceeded"),
    QUOTA_EXCEEDED(30, "QuotaExceeded"),
    NOT_ENABLED(31, "NotEnabled");

    private final int number;
    private final String powerShellName;

    ErrorCategory(int number, String powerShellName) {
        this.number = number;
        this.powerShellName = powerShellName;
    }

    /** The number that stands for this category on the wire. */
    public int number() {
        return number;
    }

    /** The name that PowerShell prints: {@code ObjectNotFound}. */
    public String powerShellName() {
        return powerShellName;
    }

    /** The category behind a number on the wire; {@link #NOT_SPECIFIED} for one that is not known here. */
    public static ErrorCategory of(int number) {
        return number >= 0 && number < values().length ? values()[number] : NOT_SPECIFIED;
    }
}
