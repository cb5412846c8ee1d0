package io.jenkins.plugins.azurestack.redfish;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody logged on to a BMC. Nothing here sends the password that opened it again, except where the BMC has no sessions:
 * there every reading carries it, until it was changed or refused. Nothing is ever sent twice. For one thread; close it in
 * any case, since a BMC has few sessions.
 */
public final class BmcSession implements AutoCloseable {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;

    private final Wire wire;
    private final Reader reader;
    private final String userName;
    private final Ticket ticket;
    private final String accountServicePath;
    private final Said opening;
    private Vendor vendor;
    private Optional<Resource> accountService;
    private Optional<String> model = Optional.empty();
    private boolean settled;
    private boolean ended;
    private boolean closed;

    BmcSession(
            final Wire wire,
            final Reader reader,
            final Vendor vendor,
            final String userName,
            final Ticket ticket,
            final String accountServicePath,
            final Optional<Resource> accountService,
            final Said opening) {
        this.wire = wire;
        this.reader = reader;
        this.vendor = vendor;
        this.userName = userName;
        this.ticket = ticket;
        this.accountServicePath = accountServicePath;
        this.accountService = accountService;
        this.opening = opening;
    }

    /** Who logged on. */
    public String userName() {
        return userName;
    }

    /** What came of logging off. */
    public enum LogOff {
        /** The session is ended, or there was none to end. */
        DONE,
        /** The session had ended before, as it does when its password was changed. */
        ENDED_BEFORE,
        /** Nobody knows; the BMC ends it after a while. */
        UNKNOWN
    }

    /**
     * What the BMC calls its model, where that decides between habits (Dell's); empty elsewhere, and where it does not
     * tell.
     */
    public Optional<String> model() throws BmcException, InterruptedException {
        settle();
        return model;
    }

    /** The vendor's habits, once the model has been asked for where it decides. */
    private void settle() throws BmcException, InterruptedException {
        final Optional<String> path = vendor.modelPath();
        if (settled || path.isEmpty()) {
            return;
        }
        try {
            model = read(path.get()).resource().optional("Model");
        } catch (BmcException e) {
            if (e.kind() != BmcException.Kind.MISSING && e.kind() != BmcException.Kind.REFUSED) {
                throw e;
            }
            // Then its links say where things are.
        }
        vendor = vendor.ofModel(model.orElse(""));
        settled = true;
    }

    /** What it wants of passwords, and when it locks. Read once. */
    public AccountPolicy policy() throws BmcException, InterruptedException {
        return vendor.policy(accountService());
    }

    private Resource accountService() throws BmcException, InterruptedException {
        if (accountService.isEmpty()) {
            accountService = Optional.of(read(accountServicePath).resource());
        }
        return accountService.get();
    }

    /**
     * Finds an account by its user name and reads it: where the vendor mostly has it, else by walking through all. A name
     * that differs in case counts if no other does.
     *
     * @return empty if there is none of that name
     * @throws BmcException of kind {@code AMBIGUOUS} if several differ in case only
     */
    public Optional<Account> account(final String wanted) throws BmcException, InterruptedException {
        settle();
        final Optional<String> likely = vendor.likelyAccount(wanted);
        if (likely.isPresent()) {
            final Optional<Account> there = accountAt(likely.get());
            if (there.filter(account -> account.userName().equals(wanted)).isPresent()) {
                return there;
            }
        }
        final Optional<String> collection = vendor.accounts(accountService());
        if (collection.isEmpty()) {
            throw new BmcException(
                    BmcException.Kind.UNEXPECTED,
                    wire.address()
                            + " does not say where its accounts are. Only reading was tried; nothing was changed."
                            + " Check that this BMC manages its own accounts.",
                    null,
                    null);
        }
        return new AccountWalk(this::read, wire.address()).find(collection.get(), wanted);
    }

    /** Reads an account again, for its ETag or its lock. */
    public Account read(final Account account) throws BmcException, InterruptedException {
        return AccountWalk.account(account.path(), read(account.path()));
    }

    private Optional<Account> accountAt(final String path) throws BmcException, InterruptedException {
        try {
            return Optional.of(AccountWalk.account(path, read(path)));
        } catch (BmcException e) {
            if (e.kind() == BmcException.Kind.MISSING || e.kind() == BmcException.Kind.REFUSED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Reader.Reading read(final String path) throws BmcException, InterruptedException {
        if (ended) {
            throw new BmcException(
                    BmcException.Kind.SESSION_ENDED,
                    "The session on " + wire.address() + " has ended. Nothing was sent. Log on anew.",
                    null,
                    null);
        }
        try {
            return reader.read(path, ticket.headers(), vendor, new Mask(ticket.secret()));
        } catch (BmcException e) {
            if (e.kind() == BmcException.Kind.SESSION_ENDED) {
                end();
            }
            throw e;
        }
    }

    /** As {@link #changePassword(Account, char[], IfMatch)}, with the precondition that the vendor wants. */
    public PasswordChange changePassword(final Account account, final char[] password) {
        return changePassword(account, password, IfMatch.USUAL);
    }

    /**
     * Changes the password of an account by one request, sent once. Never throws for what the BMC or the network does; an
     * interrupt ends the wait, leaves the thread interrupted, and makes the outcome unknown if the request had left.
     *
     * @param account as it was read
     * @param password the caller's to wipe
     * @param how what other than the vendor's usual precondition to send, after one has failed
     * @throws IllegalArgumentException if the password can't be sent as it is; nothing was
     */
    public PasswordChange changePassword(final Account account, final char[] password, final IfMatch how) {
        final Optional<String> path = Paths.of(account.path());
        if (path.isEmpty()) {
            throw new IllegalArgumentException("An account was read at a path of the BMC's; nothing was sent");
        }
        try (JsonBody body = JsonBody.password(password)) {
            return patch(
                    path.get(),
                    vendor.ifMatch(account.etag(), how),
                    body,
                    password,
                    account.userName().equalsIgnoreCase(userName));
        }
    }

    /**
     * Changes the password of who logged on where {@link LogOn.ChangeRequired} says that it has to be changed before
     * anything else, by one request, sent once: where the BMC says, or where its vendor has it.
     *
     * @param password the caller's to wipe
     * @throws BmcException if the account can't be looked at before; nothing was changed
     */
    public PasswordChange changeRequiredPassword(final char[] password) throws BmcException, InterruptedException {
        if (vendor.changesByAttribute(opening)) {
            return changeByAttribute(password);
        }
        final Optional<String> path = opening.messages().stream()
                .filter(vendor::asksForChange)
                .flatMap(message -> message.arguments().stream())
                .flatMap(argument -> Paths.of(argument).stream())
                .findFirst()
                .or(() -> vendor.likelyAccount(userName));
        if (path.isEmpty()) {
            return new PasswordChange.NotSent(wire.address()
                    + " does not say where the password has to be changed. Change it in its web console.");
        }
        // For the ETag; who may read nothing else may read this (DSP0266, 'Password change required handling').
        final Optional<Account> account = accountBeforeChange(path.get());
        if (account.isPresent() && !account.get().userName().equalsIgnoreCase(userName)) {
            return new PasswordChange.NotSent(wire.address() + " says that the password of " + userName
                    + " has to be changed at " + path.get() + ", which is another account");
        }
        try (JsonBody body = JsonBody.password(password)) {
            return patch(
                    path.get(), vendor.ifMatch(account.flatMap(Account::etag), IfMatch.USUAL), body, password, true);
        }
    }

    /** Dell's way, for the factory's user only: the attribute is that of slot 2, whoever asks. */
    private PasswordChange changeByAttribute(final char[] password) throws BmcException, InterruptedException {
        if (!userName.equals(Idrac.FACTORY_USER)) {
            return new PasswordChange.NotSent(
                    "The BMC wants a default password to be changed, which can be done here for "
                            + Idrac.FACTORY_USER + " only, and not for " + userName
                            + ". Change it in the BMC's web console.");
        }
        for (final String slot : Idrac.FACTORY_SLOTS) {
            final Optional<Account> account = accountBeforeChange(slot);
            if (account.isPresent() && !account.get().userName().equals(userName)) {
                return new PasswordChange.NotSent("The BMC's slot 2, whose password would be changed, is not that of "
                        + userName + ". Change it in the BMC's web console.");
            }
            if (account.isPresent()) {
                break;
            }
        }
        try (JsonBody body = JsonBody.attribute(Idrac.FACTORY_PASSWORD, password)) {
            return patch(Idrac.ATTRIBUTES, Optional.empty(), body, password, true);
        }
    }

    private Optional<Account> accountBeforeChange(final String path) throws BmcException, InterruptedException {
        try {
            return accountAt(path);
        } catch (BmcException e) {
            if (e.kind() == BmcException.Kind.CHANGE_REQUIRED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** @param own whether it is the account that is logged on */
    private PasswordChange patch(
            final String path,
            final Optional<String> ifMatch,
            final JsonBody body,
            final char[] password,
            final boolean own) {
        if (ended) {
            return new PasswordChange.SessionEnded(Optional.empty());
        }
        final Map<String, String> headers = new HashMap<>(ticket.headers());
        ifMatch.ifPresent(value -> headers.put("If-Match", value));
        final Wire.Outcome outcome = wire.send("PATCH", path, headers, Optional.of(body));
        final PasswordChange change;
        if (outcome instanceof Wire.Answered answered) {
            change = ChangeAnswer.meaning(answered.reply(), new Mask(password, ticket.secret()), vendor);
        } else {
            final Wire.Failed failed = (Wire.Failed) outcome;
            change = failed.left()
                    ? new PasswordChange.Unknown(failed.reason(), Optional.empty())
                    : new PasswordChange.NotSent(failed.reason());
        }
        final boolean mayBeWrongNow =
                change instanceof PasswordChange.Changed || change instanceof PasswordChange.Unknown;
        if (change instanceof PasswordChange.SessionEnded || own && mayBeWrongNow && ticket.isPassword()) {
            end();
        }
        return change;
    }

    private void end() {
        ended = true;
        if (ticket.isPassword()) {
            ticket.close();
        }
    }

    /** Logs off: asks the BMC once to end the session, also where it may have ended before, and forgets what opened it. */
    public LogOff logOff() {
        if (closed) {
            return LogOff.DONE;
        }
        closed = true;
        ended = true;
        try {
            return ticket.session().map(this::delete).orElse(ticket.isPassword() ? LogOff.DONE : LogOff.UNKNOWN);
        } finally {
            ticket.close();
        }
    }

    private LogOff delete(final String session) {
        // Who was interrupted still leaves no session behind.
        final boolean interrupted = Thread.interrupted();
        try {
            final Wire.Outcome outcome = wire.send("DELETE", session, ticket.headers(), Optional.empty());
            if (!(outcome instanceof Wire.Answered answered)) {
                return LogOff.UNKNOWN;
            }
            return switch (answered.reply().status()) {
                case OK, ACCEPTED, NO_CONTENT -> LogOff.DONE;
                case UNAUTHORIZED, NOT_FOUND -> LogOff.ENDED_BEFORE;
                default -> LogOff.UNKNOWN;
            };
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** As {@link #logOff}. */
    @Override
    public void close() {
        logOff();
    }

    @Override
    public String toString() {
        return userName + " on " + wire.address();
    }
}
