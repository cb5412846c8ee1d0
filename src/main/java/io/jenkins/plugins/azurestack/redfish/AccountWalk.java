package io.jenkins.plugins.azurestack.redfish;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Walks through the accounts of a BMC, page after page, for one user name. Slots without a user are passed by. */
final class AccountWalk {
    private static final int MOST_PAGES = 20;
    private static final int MOST_ACCOUNTS = 200;

    private final Source source;
    private final BmcAddress address;

    /** Reads a resource. */
    @FunctionalInterface
    interface Source {
        Reader.Reading read(String path) throws BmcException, InterruptedException;
    }

    AccountWalk(final Source source, final BmcAddress address) {
        this.source = source;
        this.address = address;
    }

    /**
     * Ends at the first exact match; else the one that differs in case only, if there is but one.
     *
     * @throws BmcException if none is found where some could not be read, or several differ in case only
     */
    Optional<Account> find(final String collection, final String userName) throws BmcException, InterruptedException {
        final List<Account> alike = new ArrayList<>();
        BmcException unread = null;
        for (final Resource member : members(collection)) {
            final Optional<String> path = member.link();
            final boolean another =
                    member.has("UserName") && !member.text("UserName").equalsIgnoreCase(userName);
            if (path.isEmpty() || another) {
                continue;
            }
            final Account account;
            try {
                account = account(path.get(), source.read(path.get()));
            } catch (BmcException e) {
                if (e.kind() != BmcException.Kind.MISSING && e.kind() != BmcException.Kind.REFUSED) {
                    throw e;
                }
                // Who is no administrator reads their own only.
                unread = e;
                continue;
            }
            if (account.userName().equals(userName)) {
                return Optional.of(account);
            }
            if (account.userName().equalsIgnoreCase(userName)) {
                alike.add(account);
            }
        }
        if (alike.size() > 1) {
            throw new BmcException(
                    BmcException.Kind.AMBIGUOUS,
                    address + " has " + alike.size() + " accounts whose names differ from '" + userName
                            + "' in case only. Nothing was changed. Give the name as the BMC spells it.",
                    null,
                    null);
        }
        if (alike.isEmpty() && unread != null) {
            throw unread;
        }
        return alike.stream().findFirst();
    }

    private List<Resource> members(final String collection) throws BmcException, InterruptedException {
        final List<Resource> members = new ArrayList<>();
        final Set<String> seen = new HashSet<>();
        Optional<String> next = Optional.of(collection);
        while (next.isPresent()) {
            if (!seen.add(next.get()) || seen.size() > MOST_PAGES) {
                throw endless();
            }
            final Resource page = source.read(next.get()).resource();
            members.addAll(page.at("Members").items(MOST_ACCOUNTS + 1));
            if (members.size() > MOST_ACCOUNTS) {
                throw endless();
            }
            next = page.annotation("Members@odata.nextLink").or(() -> page.annotation("@odata.nextLink"));
        }
        return members;
    }

    private BmcException endless() {
        return new BmcException(
                BmcException.Kind.UNEXPECTED,
                address + " lists more accounts than a BMC has. Only reading was tried; nothing was changed. Check what"
                        + " answers at that address.",
                null,
                null);
    }

    /** An account as it was read. */
    static Account account(final String path, final Reader.Reading reading) {
        final Resource json = reading.resource();
        return new Account(
                path,
                json.text("Id"),
                json.text("UserName"),
                json.optional("RoleId"),
                json.truth("Enabled"),
                json.truth("Locked"),
                json.truth("PasswordChangeRequired"),
                reading.etag());
    }
}
