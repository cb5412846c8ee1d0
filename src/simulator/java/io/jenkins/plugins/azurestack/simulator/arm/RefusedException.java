package io.jenkins.plugins.azurestack.simulator.arm;

import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;

/** A call is refused, in Resource Manager's words. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    RefusedException(final int status, final String code, final String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** The body that every provider of Resource Manager answers an error with. */
    HttpAnswer answer() {
        final var body = Json.object();
        body.putObject("error").put("code", code).put("message", getMessage());
        return Json.answer(status, body);
    }

    static RefusedException badRequest(final String message) {
        return new RefusedException(400, "BadRequest", message);
    }

    static RefusedException notFound(final String type, final String name, final String group) {
        return new RefusedException(
                404,
                "ResourceNotFound",
                "The Resource '" + type + "/" + name + "' under resource group '" + group + "' was not found.");
    }
}
