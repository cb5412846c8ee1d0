package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.bmc.BmcLogin;
import io.jenkins.plugins.azurestack.bmc.PasswordStore;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The password of the BMCs in the credentials store, its three generations side by side. Whatever is read or written is
 * known to the run's secrets. Used by one thread at a time.
 */
final class StoredPasswords implements PasswordStore {
    private final String id;
    private final SecretLookup lookup;
    private final CredentialWriter writer;
    private final KnownSecrets secrets;

    /** @param id of the current one, as the stamp names it */
    StoredPasswords(final String id, final MaintenanceEnvironment environment, final KnownSecrets secrets) {
        this.id = Objects.requireNonNull(id, "id");
        this.lookup = environment.credentials();
        this.writer = environment.writer(new WritableIds(Set.of(id)));
        this.secrets = Objects.requireNonNull(secrets, "secrets");
    }

    @Override
    public String name(final Generation generation) {
        return switch (generation) {
            case CURRENT -> id;
            case PENDING -> WritableIds.pending(id);
            case PREVIOUS -> WritableIds.previous(id);
        };
    }

    @Override
    public Optional<BmcLogin> read(final Generation generation) throws NotKnownException {
        final String name = name(generation);
        if (lookup.presence(name) == SecretLookup.Presence.ABSENT) {
            return Optional.empty();
        }
        return Optional.of(read(lookup, name, secrets));
    }

    /** What a credential holds, known to the secrets from now on. */
    static BmcLogin read(final SecretLookup lookup, final String name, final KnownSecrets secrets)
            throws NotKnownException {
        try (PasswordCredentials found = lookup.login(name)) {
            final char[] password = found.password();
            try {
                secrets.add(password);
                return new BmcLogin(found.userName(), password);
            } finally {
                Arrays.fill(password, '\0');
            }
        } catch (NotSeenException e) {
            throw new NotKnownException(e.getMessage(), e.advice(), e);
        }
    }

    @Override
    public void write(final Generation generation, final BmcLogin login) throws NotKnownException {
        final char[] password = login.password();
        try {
            secrets.add(password);
            writer.login(name(generation), id, password);
        } catch (NotWrittenException e) {
            throw failed(e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    @Override
    public void delete(final Generation generation) throws NotKnownException {
        try {
            writer.delete(name(generation), id);
        } catch (NotWrittenException e) {
            throw failed(e);
        }
    }

    private static NotKnownException failed(final NotWrittenException reason) {
        return new NotKnownException(
                Text.printable(reason.getMessage()).replaceAll("[.]$", ""),
                "Mend the credentials store, or what this build may do there.",
                reason);
    }

    @Override
    public List<String> obstacles() {
        return writer.obstacle(id).map(Text::printable).map(List::of).orElse(List.of());
    }
}
