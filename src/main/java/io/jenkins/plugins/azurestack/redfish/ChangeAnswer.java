package io.jenkins.plugins.azurestack.redfish;

import io.jenkins.plugins.azurestack.net.http.Reply;
import java.util.Optional;

/** What the answer to a change of a password means: only a clear yes is a change, and only a clear no is none. */
final class ChangeAnswer {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int CLIENT_ERROR = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int PRECONDITION_FAILED = 412;
    private static final int PRECONDITION_REQUIRED = 428;
    private static final int SERVER_ERROR = 500;

    private ChangeAnswer() {}

    static PasswordChange meaning(final Reply reply, final Mask mask, final Vendor vendor) {
        final Resource body = Resource.ofAnything(reply, mask);
        final Said said = body.said(reply.status());
        return switch (said.status()) {
            case OK, NO_CONTENT -> objects(body, said) ? unknown(said) : new PasswordChange.Changed(said);
            case UNAUTHORIZED -> new PasswordChange.SessionEnded(Optional.of(said));
            case PRECONDITION_FAILED, PRECONDITION_REQUIRED -> new PasswordChange.PreconditionFailed(said);
            case REQUEST_TIMEOUT -> unknown(said);
            default -> {
                if (said.status() < CLIENT_ERROR || said.status() >= SERVER_ERROR) {
                    yield unknown(said);
                }
                yield said.messages().stream().anyMatch(vendor::asksForChange)
                        ? new PasswordChange.ChangeRequired(said)
                        : new PasswordChange.Refused(said);
            }
        };
    }

    /** Whether it says no in a body whose status says yes: the standard has it so for single properties (DSP0266). */
    private static boolean objects(final Resource body, final Said said) {
        return body.has("Password@Message.ExtendedInfo")
                || said.messages().stream().anyMatch(Said.Message::isBad);
    }

    private static PasswordChange unknown(final Said said) {
        return new PasswordChange.Unknown("the BMC answers with " + said, Optional.of(said));
    }
}
