package io.jenkins.plugins.azurestack.simulator.redfish;

import java.util.List;

/** Why something was refused or done: messages of the DMTF's Base registry, with the status that they come with. */
enum Reason {
    SUCCESS(200, "Success", "OK", "The request completed successfully.", "None"),
    ACCOUNT_MODIFIED(
            200, "AccountModified", "OK", "The account was successfully modified.", "No resolution is required."),
    CREATED(201, "Created", "OK", "The resource was created successfully.", "None"),
    ACCESS_DENIED(
            401,
            "AccessDenied",
            "Critical",
            "While attempting to establish a connection to %1, the service denied access.",
            "Attempt to ensure that the URI is correct and that the service has the appropriate credentials."),
    NO_VALID_SESSION(
            401,
            "NoValidSession",
            "Critical",
            "There is no valid session established with the implementation.",
            "Establish a session before attempting any operations."),
    INSUFFICIENT_PRIVILEGE(
            403,
            "InsufficientPrivilege",
            "Critical",
            "There are insufficient privileges for the account or credentials associated with the current session to"
                    + " perform the requested operation.",
            "Either abandon the operation or change the associated access rights and resubmit the request if the"
                    + " operation failed."),
    PASSWORD_CHANGE_REQUIRED(
            403,
            "PasswordChangeRequired",
            "Critical",
            "The password provided for this account must be changed before access is granted.  PATCH the Password"
                    + " property for this account located at the target URI '%1' to complete this process.",
            "Change the password for this account using a PATCH to the Password property at the URI provided."),
    RESOURCE_MISSING(
            404,
            "ResourceMissingAtURI",
            "Critical",
            "The resource at the URI '%1' was not found.",
            "Place a valid resource at the URI or correct the URI and resubmit the request."),
    METHOD_NOT_ALLOWED(
            405, "OperationNotAllowed", "Critical", "The HTTP method is not allowed on this resource.", "None."),
    PRECONDITION_FAILED(
            412,
            "PreconditionFailed",
            "Critical",
            "The ETag supplied did not match the ETag required to change this resource.",
            "Try the operation again using the appropriate ETag."),
    ODATA_VERSION(
            412,
            "HeaderInvalid",
            "Critical",
            "Header 'OData-Version' is invalid.",
            "Provide a valid request header and resubmit the request."),
    PRECONDITION_REQUIRED(
            428,
            "PreconditionRequired",
            "Critical",
            "A precondition header or annotation is required to change this resource.",
            "Try the operation again using an If-Match or If-None-Match header and appropriate ETag."),
    MEDIA_TYPE(
            415,
            "HeaderInvalid",
            "Critical",
            "Header '%1' is invalid.",
            "Provide a valid request header and resubmit the request."),
    MALFORMED_JSON(
            400,
            "MalformedJSON",
            "Critical",
            "The request body submitted was malformed JSON and could not be parsed by the receiving service.",
            "Ensure that the request body is valid JSON and resubmit the request."),
    MALFORMED_URI(
            400,
            "InvalidURI",
            "Critical",
            "The URI %1 was not found.",
            "Ensure that the URI specified as part of the request is valid."),
    EMPTY_JSON(
            400,
            "EmptyJSON",
            "Warning",
            "The request body submitted contained an empty JSON object and the service is unable to process it.",
            "Add properties in the JSON object and resubmit the request."),
    PROPERTY_MISSING(
            400,
            "PropertyMissing",
            "Warning",
            "The property %1 is a required property and must be included in the request.",
            "Ensure that the property is in the request body and has a valid value and resubmit the request if the"
                    + " operation failed."),
    PROPERTY_UNKNOWN(
            400,
            "PropertyUnknown",
            "Warning",
            "The property %1 is not in the list of valid properties for the resource.",
            "Remove the unknown property from the request body and resubmit the request if the operation failed."),
    PROPERTY_NOT_WRITABLE(
            400,
            "PropertyNotWritable",
            "Warning",
            "The property %1 is a read only property and cannot be assigned a value.",
            "Remove the property from the request body and resubmit the request if the operation failed."),
    PROPERTY_TYPE(
            400,
            "PropertyValueTypeError",
            "Warning",
            "The value '%1' for the property %2 is not a type that the property can accept.",
            "Correct the value for the property in the request body and resubmit the request if the operation failed."),
    PROPERTY_FORMAT(
            400,
            "PropertyValueFormatError",
            "Warning",
            "The value '%1' for the property %2 is not a format that the property can accept.",
            "Correct the value for the property in the request body and resubmit the request if the operation failed."),
    PROPERTY_VALUE(
            400,
            "PropertyValueError",
            "Warning",
            "The value provided for the property %1 is not valid.",
            "Correct the value for the property in the request body and resubmit the request if the operation failed."),
    NOT_IN_LIST(
            400,
            "PropertyValueNotInList",
            "Warning",
            "The value '%1' for the property %2 is not in the list of acceptable values.",
            "Choose a value from the enumeration list that the implementation can support and resubmit the request if"
                    + " the operation failed."),
    ALREADY_EXISTS(
            400,
            "ResourceAlreadyExists",
            "Critical",
            "The requested resource of type %1 with the property %2 with the value '%3' already exists.",
            "Do not repeat the create operation as the resource has already been created."),
    CREATE_LIMIT(
            400,
            "CreateLimitReachedForResource",
            "Critical",
            "The create operation failed because the resource has reached the limit of possible resources.",
            "Either delete resources and resubmit the request if the operation failed or do not resubmit the request."),
    SESSION_LIMIT(
            503,
            "SessionLimitExceeded",
            "Critical",
            "The session establishment failed due to the number of simultaneous sessions exceeding the limit of the"
                    + " implementation.",
            "Reduce the number of other sessions before trying to establish the session or increase the limit of"
                    + " simultaneous sessions, if supported."),
    QUERY_NOT_SUPPORTED(
            501,
            "QueryNotSupported",
            "Warning",
            "Querying is not supported by the implementation.",
            "Remove the query parameters and resubmit the request if the operation failed.");

    private final int status;
    private final String key;
    private final String severity;
    private final String text;
    private final String resolution;

    Reason(final int status, final String key, final String severity, final String text, final String resolution) {
        this.status = status;
        this.key = key;
        this.severity = severity;
        this.text = text;
        this.resolution = resolution;
    }

    int status() {
        return status;
    }

    /**
     * The message, filled in.
     *
     * @param registry and its version, such as {@code Base.1.8}
     */
    Message message(final String registry, final String... arguments) {
        String filled = text;
        for (int i = 0; i < arguments.length; i++) {
            filled = filled.replace("%" + (i + 1), arguments[i]);
        }
        return new Message(registry + "." + key, filled, List.of(arguments), severity, resolution);
    }
}
