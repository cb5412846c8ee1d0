package io.jenkins.plugins.azurestack.redfish;

import io.jenkins.plugins.azurestack.net.http.Reply;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A BMC that was met and nobody is logged on to. Thread-safe. */
public final class Bmc {
    private static final String SESSIONS = Vendor.ROOT + "SessionService/Sessions";
    private static final String ACCOUNT_SERVICE = Vendor.ROOT + "AccountService";
    private static final int CREATED = 201;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int MISSING = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int NOT_IMPLEMENTED = 501;

    private final Wire wire;
    private final Reader reader;
    private final Vendor vendor;
    private final Identity identity;
    private final Optional<String> sessions;
    private final String accountService;

    private Bmc(final Wire wire, final Reader reader, final Resource root) {
        this.wire = wire;
        this.reader = reader;
        this.vendor = Vendor.of(root);
        this.identity =
                new Identity(root.text("Vendor"), vendor.product(root), root.text("RedfishVersion"), vendor.name());
        this.sessions = sessions(root);
        this.accountService = root.link("AccountService").orElse(ACCOUNT_SERVICE);
    }

    static Bmc met(final Wire wire) throws BmcException, InterruptedException {
        final Reader reader = new Reader(wire);
        return new Bmc(
                wire,
                reader,
                reader.read(Vendor.ROOT, Map.of(), new AnyVendor(), new Mask()).resource());
    }

    private static Optional<String> sessions(final Resource root) {
        return root.link("Links", "Sessions")
                .or(() -> root.link("SessionService").map(service -> Paths.plain(service) + "/Sessions"))
                .or(() -> root.has("RedfishVersion") ? Optional.empty() : Optional.of(SESSIONS));
    }

    /** Where it is. */
    public BmcAddress address() {
        return wire.address();
    }

    /** What it says that it is. */
    public Identity identity() {
        return identity;
    }

    /**
     * Tries a password, which a BMC counts: the only way to send one, but for a change. By a session, or by HTTP Basic
     * where there are no sessions, be it that the root links to none or that the BMC knows nothing to open one by (404, 405,
     * 501), and so has not looked at the password. Never throws for what the BMC or the network does, and never tries again
     * what may have been looked at.
     *
     * @param password copied where it has to be kept; the caller's to wipe
     * @return what came of it; an interrupt ends the wait and leaves the thread interrupted
     * @throws IllegalArgumentException if user name or password can't be sent as they are; nothing was
     */
    public LogOn logOn(final String userName, final char[] password) {
        Objects.requireNonNull(password, "password");
        if (userName.isEmpty()) {
            throw new IllegalArgumentException("A user name is needed to log on; nothing was sent");
        }
        return sessions.isPresent() ? bySession(sessions.get(), userName, password) : byPassword(userName, password);
    }

    private LogOn bySession(final String path, final String userName, final char[] password) {
        final Wire.Outcome outcome;
        try (JsonBody body = JsonBody.session(userName, password)) {
            outcome = wire.send("POST", path, Map.of(), Optional.of(body));
        }
        if (outcome instanceof Wire.Failed failed) {
            return failure(failed);
        }
        final Reply reply = ((Wire.Answered) outcome).reply();
        return switch (reply.status()) {
            case Reader.OK, CREATED -> opened(reply, userName, password);
            // There are no sessions here: the password was not looked at.
            case MISSING, NOT_ALLOWED, NOT_IMPLEMENTED -> byPassword(userName, password);
            default -> judged(Resource.ofAnything(reply, new Mask(password)).said(reply.status()), userName, password);
        };
    }

    private LogOn opened(final Reply reply, final String userName, final char[] password) {
        final Optional<String> token = reply.header("X-Auth-Token").filter(value -> !value.isBlank());
        if (token.isEmpty()) {
            final Said said = Resource.ofAnything(reply, new Mask(password)).said(reply.status());
            return new LogOn.Unexpected(
                    address() + " answers a logon with " + said + ", but opens no session. Nothing was changed. Check"
                            + " what answers at that address.",
                    Optional.of(said));
        }
        final char[] secret = token.get().toCharArray();
        final Resource body = Resource.ofAnything(reply, new Mask(password, secret));
        final Optional<String> session =
                reply.header("Location").flatMap(Paths::ofLocation).or(() -> body.link());
        final Said said = body.said(reply.status());
        Arrays.fill(secret, '\0');
        return accepted(said, session(userName, Ticket.token(token.get(), session), Optional.empty(), said));
    }

    private LogOn accepted(final Said said, final BmcSession session) {
        return said.messages().stream().anyMatch(vendor::asksForChange)
                ? new LogOn.ChangeRequired(session, said)
                : new LogOn.Accepted(session);
    }

    private BmcSession session(
            final String userName, final Ticket ticket, final Optional<Resource> service, final Said said) {
        return new BmcSession(wire, reader, vendor, userName, ticket, accountService, service, said);
    }

    private LogOn byPassword(final String userName, final char[] password) {
        final Ticket ticket = Ticket.basic(userName, password);
        final Wire.Outcome outcome = wire.send("GET", accountService, ticket.headers(), Optional.empty());
        if (outcome instanceof Wire.Answered answered && answered.reply().status() == Reader.OK) {
            // Kept, since reading it again would send the password again.
            final Resource service = Resource.ofAnything(answered.reply(), new Mask(ticket.secret()));
            return new LogOn.Accepted(session(userName, ticket, Optional.of(service), service.said(Reader.OK)));
        }
        ticket.close();
        if (outcome instanceof Wire.Failed failed) {
            return failure(failed);
        }
        final Reply reply = ((Wire.Answered) outcome).reply();
        return judged(Resource.ofAnything(reply, new Mask(password)).said(reply.status()), userName, password);
    }

    /** What an answer means that opens nothing. */
    private LogOn judged(final Said said, final String userName, final char[] password) {
        final boolean refused = said.status() == FORBIDDEN || said.status() == Reader.UNAUTHORIZED;
        if (refused && said.messages().stream().anyMatch(vendor::asksForChange)) {
            return new LogOn.ChangeRequired(
                    session(userName, Ticket.basic(userName, password), Optional.empty(), said), said);
        }
        if (said.messages().stream().anyMatch(vendor::tellsLock)) {
            return new LogOn.Locked(said);
        }
        final boolean inOtherWords =
                isError(said.status()) && said.messages().stream().anyMatch(vendor::refusesLogon);
        if (said.status() == Reader.UNAUTHORIZED || inOtherWords) {
            return new LogOn.Refused(said);
        }
        return new LogOn.Unexpected(
                address() + " answers a logon with " + said
                        + ", which says neither yes nor no. Nothing was changed. If it"
                        + " has too many sessions, end some; else check its state and what answers at that address.",
                Optional.of(said));
    }

    private static boolean isError(final int status) {
        return status == BAD_REQUEST || status == FORBIDDEN;
    }

    private LogOn failure(final Wire.Failed failed) {
        return switch (failed.kind()) {
            case UNTRUSTED ->
                new LogOn.Untrusted(failed.reason()
                        + ". Add its root to the trusted certificates, or look at its fingerprint and accept it.");
            case UNEXPECTED -> new LogOn.Unexpected(failed.reason() + ". Nothing was changed.", Optional.empty());
            default -> new LogOn.Unreachable(failed.reason(), failed.left());
        };
    }

    @Override
    public String toString() {
        return address() + " (" + vendor + ")";
    }
}
