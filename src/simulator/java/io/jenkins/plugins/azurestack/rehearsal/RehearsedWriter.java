package io.jenkins.plugins.azurestack.rehearsal;

import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.stamp.Text;
import io.jenkins.plugins.azurestack.wiring.CredentialWriter;
import io.jenkins.plugins.azurestack.wiring.NotWrittenException;
import io.jenkins.plugins.azurestack.wiring.SecretLookup;
import io.jenkins.plugins.azurestack.wiring.WritableIds;
import java.util.Arrays;
import java.util.Optional;

/** Writes credentials of a rehearsal: whatever the stamp names may be written, and nothing outlives the rehearsal. */
final class RehearsedWriter implements CredentialWriter {
    private final RehearsedStore store;
    private final SecretLookup credentials;
    private final WritableIds ids;

    RehearsedWriter(final RehearsedStore store, final SecretLookup credentials, final WritableIds ids) {
        this.store = store;
        this.credentials = credentials;
        this.ids = ids;
    }

    @Override
    public Optional<String> obstacle(final String beside) {
        return credentials.presence(beside) == SecretLookup.Presence.USABLE
                ? Optional.empty()
                : Optional.of("there is no credential '" + Text.printable(beside)
                        + "' in this rehearsal. Look at the ids of the simulated stamp.");
    }

    @Override
    public void login(final String id, final String beside, final char[] password) throws NotWrittenException {
        require(id, beside);
        try (PasswordCredentials like = credentials.login(beside)) {
            store.put(id, new RehearsedStore.Written.Login(like.userName(), new String(password)));
        } catch (NotSeenException e) {
            throw new NotWrittenException(e.getMessage() + ". " + e.advice());
        }
    }

    @Override
    public void file(
            final String id, final String beside, final String fileName, final byte[] content, final String description)
            throws NotWrittenException {
        require(id, beside);
        requireFile(id);
        store.put(id, new RehearsedStore.Written.File(content));
    }

    /** A certificate of the simulated stamp may be of another type than a file. */
    private void requireFile(final String id) throws NotWrittenException {
        if (credentials.presence(id) == SecretLookup.Presence.USABLE) {
            try {
                Arrays.fill(credentials.file(id), (byte) 0);
            } catch (NotSeenException e) {
                throw new NotWrittenException(
                        "Credential '" + Text.printable(id) + "' was left alone: it is of another type than a file.");
            }
        }
    }

    @Override
    public void secret(final String id, final String beside, final char[] secret, final String description)
            throws NotWrittenException {
        require(id, beside);
        store.put(id, new RehearsedStore.Written.Secret(new String(secret)));
    }

    @Override
    public void delete(final String id, final String beside) throws NotWrittenException {
        require(id, beside);
        store.remove(id);
    }

    private void require(final String id, final String beside) throws NotWrittenException {
        ids.require(id);
        final Optional<String> obstacle = obstacle(beside);
        if (obstacle.isPresent()) {
            throw new NotWrittenException(obstacle.get());
        }
    }
}
