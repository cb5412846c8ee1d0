package io.jenkins.plugins.azurestack.redfish;

import io.jenkins.plugins.azurestack.net.http.Reply;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Reads resources of one BMC, each by one request. Thread-safe. */
final class Reader {
    static final int OK = 200;
    static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int MISSING = 404;
    private static final int ERROR = 400;

    private final Wire wire;

    Reader(final Wire wire) {
        this.wire = wire;
    }

    /**
     * What was read.
     *
     * @param resource as it is
     * @param etag from the header, else from the resource
     */
    record Reading(Resource resource, Optional<String> etag) {}

    /** @param headers what proves who asks; none for the root */
    Reading read(final String path, final Map<String, String> headers, final Vendor vendor, final Mask mask)
            throws BmcException, InterruptedException {
        final Wire.Outcome outcome = wire.send("GET", path, headers, Optional.empty());
        if (outcome instanceof Wire.Failed failed) {
            throw failure(failed);
        }
        final Reply reply = ((Wire.Answered) outcome).reply();
        if (reply.status() != OK) {
            throw refusal(path, Resource.ofAnything(reply, mask).said(reply.status()), vendor);
        }
        return reading(path, reply, mask);
    }

    /** What an answer holds. */
    Reading reading(final String path, final Reply reply, final Mask mask) throws BmcException {
        try {
            final Resource resource = Resource.of(reply, mask);
            return new Reading(
                    resource,
                    reply.header("ETag")
                            .map(mask::printable)
                            .filter(etag -> !etag.isBlank())
                            .or(() -> resource.optional("@odata.etag")));
        } catch (IOException e) {
            throw new BmcException(
                    BmcException.Kind.UNEXPECTED,
                    wire.address() + " does not answer as a BMC does at " + path + ": " + e.getMessage()
                            + ". Only reading was tried; nothing was changed. Check what answers at that address.",
                    null,
                    e);
        }
    }

    private BmcException failure(final Wire.Failed failed) throws InterruptedException {
        if (failed.interrupted() && Thread.interrupted()) {
            throw (InterruptedException) failed.cause();
        }
        return new BmcException(
                failed.kind(),
                failed.reason() + ". Only reading was tried; nothing was changed. "
                        + switch (failed.kind()) {
                            case UNTRUSTED ->
                                "Add its root to the trusted certificates, or look at its fingerprint and accept it.";
                            case UNREACHABLE -> "Check that the address is right and is reached from here.";
                            default -> "Check what answers at that address.";
                        },
                null,
                failed.cause());
    }

    /** The failure that a status stands for. */
    BmcException refusal(final String path, final Said said, final Vendor vendor) {
        final String what = wire.address() + " answers to the reading of " + path + ": " + said
                + ". Only reading was tried; nothing was changed. ";
        if (said.messages().stream().anyMatch(vendor::asksForChange)) {
            return new BmcException(
                    BmcException.Kind.CHANGE_REQUIRED, what + "The password has to be changed first.", said, null);
        }
        return switch (said.status()) {
            case UNAUTHORIZED -> new BmcException(BmcException.Kind.SESSION_ENDED, what + "Log on anew.", said, null);
            case FORBIDDEN ->
                new BmcException(
                        BmcException.Kind.REFUSED, what + "Check the role of the account on the BMC.", said, null);
            case MISSING ->
                new BmcException(
                        BmcException.Kind.MISSING, what + "Check that this BMC manages its own accounts.", said, null);
            default ->
                new BmcException(
                        said.status() >= ERROR ? BmcException.Kind.REFUSED : BmcException.Kind.UNEXPECTED,
                        what + "Check the state of the BMC, and what answers at that address.",
                        said,
                        null);
        };
    }
}
