package io.jenkins.plugins.azurestack.jenkins.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.security.Permission;
import io.jenkins.plugins.azurestack.stamp.Text;
import io.jenkins.plugins.azurestack.wiring.NotWrittenException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/** Where a credential lives: its store, the domain in it, and the credential as it is stored. */
final class CredentialPlace {
    private static final Map<String, Permission> NEEDED = needed();

    private final CredentialsStore store;
    private final Domain domain;
    private final StandardCredentials stored;

    private CredentialPlace(final CredentialsStore store, final Domain domain, final StandardCredentials stored) {
        this.store = store;
        this.domain = domain;
        this.stored = stored;
    }

    private static Map<String, Permission> needed() {
        final Map<String, Permission> needed = new LinkedHashMap<>();
        needed.put("Credentials/Create", CredentialsProvider.CREATE);
        needed.put("Credentials/Update", CredentialsProvider.UPDATE);
        needed.put("Credentials/Delete", CredentialsProvider.DELETE);
        return needed;
    }

    /**
     * Every place of an id, in every store.
     *
     * @param stores that the job sees; a store shows nothing to whoever may not view it
     */
    static List<CredentialPlace> of(final String id, final Iterable<CredentialsStore> stores) {
        final List<CredentialPlace> places = new ArrayList<>();
        for (final CredentialsStore store : stores) {
            for (final Domain domain : store.getDomains()) {
                for (final Credentials credentials : store.getCredentials(domain)) {
                    if (credentials instanceof StandardCredentials standard
                            && standard.getId().equals(id)) {
                        places.add(new CredentialPlace(store, domain, standard));
                    }
                }
            }
        }
        return places;
    }

    /**
     * Where the credential lives that a job uses under an id.
     *
     * @param found what the job uses; empty if nothing
     * @throws NotWrittenException if there is none, or no store has it
     */
    static CredentialPlace used(
            final String id, final Optional<? extends IdCredentials> found, final Iterable<CredentialsStore> stores)
            throws NotWrittenException {
        if (found.isEmpty()) {
            throw new NotWrittenException("there is no credential '" + Text.printable(id)
                    + "' that this job may use. Create it in a store that the job sees (its folder's or the global"
                    + " one), or correct the id in the stamp's configuration.");
        }
        return of(id, stores).stream()
                .filter(place -> place.holds(found.get()))
                .findFirst()
                .orElseThrow(() -> new NotWrittenException("credential '" + Text.printable(id)
                        + "' comes from no store that this run may look into, so nothing can be written beside it."
                        + " Store it in Jenkins itself (its folder's store or the global one), and grant"
                        + " Credentials/View there to whom this job runs as."));
    }

    /**
     * Where an id is, beside another credential.
     *
     * @param found what the job uses under that id; empty if nothing
     * @return empty if nothing of that id is anywhere
     * @throws NotWrittenException if it is elsewhere too, or is there and the job does not use it: one of them would
     *     be taken for the other
     */
    static Optional<CredentialPlace> sole(
            final String id,
            final Optional<? extends IdCredentials> found,
            final Iterable<CredentialsStore> stores,
            final CredentialPlace beside)
            throws NotWrittenException {
        final List<CredentialPlace> places = of(id, stores);
        final boolean none = places.isEmpty() && found.isEmpty();
        final boolean same = places.size() == 1
                && found.isPresent()
                && places.get(0).holds(found.get())
                && places.get(0).isBeside(beside);
        if (!none && !same) {
            throw new NotWrittenException("Credential '" + Text.printable(id)
                    + "' was left alone: one of that id is in another store or domain than '"
                    + Text.printable(beside.stored.getId())
                    + "', or is one that this job may not use. Move it to another id.");
        }
        return places.stream().findFirst();
    }

    /** The credential as it is stored. */
    StandardCredentials stored() {
        return stored;
    }

    /** Whether this is where a look-up found what it found: an equal id is not enough. */
    private boolean holds(final IdCredentials found) {
        return stored == found;
    }

    /** Whether another credential is in the same store and domain. */
    private boolean isBeside(final CredentialPlace other) {
        return store == other.store && domain.equals(other.domain);
    }

    /** Why what is written here does not last; empty if it does. */
    Optional<String> impermanence() {
        return store instanceof SystemCredentialsProvider.StoreImpl
                ? ConfigurationFiles.replacingTheSystemStore()
                        .map(reason -> "credential '" + Text.printable(stored.getId())
                                + "' is in Jenkins's own store, which " + reason
                                + ". A password or key that this run writes there would be lost. Keep it in a folder's"
                                + " store, or take 'credentials: system:' out of the file.")
                : Optional.empty();
    }

    /**
     * Why somebody can't create, change and delete here; empty if all of them can.
     *
     * @param everybody who needs the permissions: who the build is, and what its job runs as
     */
    Optional<String> obstacle(final List<Authentication> everybody) {
        final List<String> missing = NEEDED.entrySet().stream()
                .filter(needed -> everybody.stream().anyMatch(who -> !store.hasPermission2(who, needed.getValue())))
                .map(Map.Entry::getKey)
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("the store of credential '" + Text.printable(stored.getId())
                        + "' can't be written by this run: it lacks " + String.join(", ", missing)
                        + ". A store of an outside vault is never writable; for any other, grant what is missing to"
                        + " whom this job runs as.");
    }

    /**
     * Adds a credential beside this one.
     *
     * @throws NotWrittenException if the store did not
     */
    void add(final StandardCredentials made) throws NotWrittenException {
        change(made.getId(), () -> store.addCredentials(domain, made));
    }

    /**
     * Puts another credential of the same id in the place of this one.
     *
     * @throws NotWrittenException if the store did not
     */
    void replace(final StandardCredentials made) throws NotWrittenException {
        change(stored.getId(), () -> store.updateCredentials(domain, stored, made));
    }

    /**
     * Removes this one.
     *
     * @throws NotWrittenException if the store did not
     */
    void remove() throws NotWrittenException {
        change(stored.getId(), () -> store.removeCredentials(domain, stored));
    }

    /** What is said where nobody can tell what a store did. */
    static NotWrittenException failed(final String id, final Exception e) {
        // What a store says of its failure may be anything; its type is enough to look it up in Jenkins's log.
        return new NotWrittenException("Credential '" + Text.printable(id)
                + "' may not have been written: the store answered with "
                + e.getClass().getSimpleName() + ". Look whether Jenkins can write to its home, then run this again.");
    }

    private static void change(final String id, final Change change) throws NotWrittenException {
        final boolean done;
        try {
            done = change.made();
        } catch (IOException | RuntimeException e) {
            throw failed(id, e);
        }
        if (!done) {
            throw new NotWrittenException("Credential '" + Text.printable(id)
                    + "' was not written: the store refused. Somebody may have changed it just now; run this again.");
        }
    }

    /** One change of a store. */
    private interface Change {
        /** @return whether it was made */
        boolean made() throws IOException;
    }
}
