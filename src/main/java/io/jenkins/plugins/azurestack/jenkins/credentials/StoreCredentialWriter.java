package io.jenkins.plugins.azurestack.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor.FormException;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.azurestack.stamp.Text;
import io.jenkins.plugins.azurestack.wiring.CredentialWriter;
import io.jenkins.plugins.azurestack.wiring.NotWrittenException;
import io.jenkins.plugins.azurestack.wiring.WritableIds;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.springframework.security.core.Authentication;

/**
 * Writes to the credentials stores that a build's job sees, as who the build is and never as more: both the build's
 * authentication and what its job runs as need every permission.
 */
public final class StoreCredentialWriter implements CredentialWriter {
    private final Run<?, ?> run;
    private final WritableIds ids;
    private final JobCredentials seen;
    private final Authentication caller;

    /**
     * @param run the build that writes
     * @param caller who the build is
     * @param ids all that may be written
     */
    public StoreCredentialWriter(final Run<?, ?> run, final Authentication caller, final WritableIds ids) {
        this.run = run;
        this.caller = caller;
        this.ids = ids;
        this.seen = new JobCredentials(run.getParent());
    }

    @Override
    public Optional<String> obstacle(final String beside) {
        try {
            return asCaller(beside, () -> place(beside).impermanence());
        } catch (NotWrittenException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Something that is done as who the build is. */
    private interface Work<T> {
        T done() throws NotWrittenException;
    }

    /** Stores are other plugins: whatever they throw is no defect of ours, and leaves open what they did. */
    private <T> T asCaller(final String id, final Work<T> work) throws NotWrittenException {
        final ACLContext context = ACL.as2(caller);
        try {
            return work.done();
        } catch (RuntimeException e) {
            throw CredentialPlace.failed(id, e);
        } finally {
            context.close();
        }
    }

    @Override
    public void login(final String id, final String beside, final char[] password) throws NotWrittenException {
        write(id, beside, like -> {
            if (like.getClass() != UsernamePasswordCredentialsImpl.class) {
                throw new NotWrittenException("Credential '" + Text.printable(beside)
                        + "' is no plain user name with password, and another type can't be made like it."
                        + " Store it as a user name with password.");
            }
            final UsernamePasswordCredentialsImpl login = (UsernamePasswordCredentialsImpl) like;
            final UsernamePasswordCredentialsImpl made = new UsernamePasswordCredentialsImpl(
                    login.getScope(), id, login.getDescription(), login.getUsername(), new String(password));
            made.setUsernameSecret(login.isUsernameSecret());
            return made;
        });
    }

    @Override
    public void file(
            final String id, final String beside, final String fileName, final byte[] content, final String description)
            throws NotWrittenException {
        write(
                id,
                beside,
                like -> new FileCredentialsImpl(
                        like.getScope(), id, description, fileName, SecretBytes.fromRawBytes(content)));
    }

    @Override
    public void secret(final String id, final String beside, final char[] secret, final String description)
            throws NotWrittenException {
        write(
                id,
                beside,
                like -> new StringCredentialsImpl(
                        like.getScope(), id, description, Secret.fromString(new String(secret))));
    }

    @Override
    public void delete(final String id, final String beside) throws NotWrittenException {
        ids.require(id);
        asCaller(id, () -> {
            final Optional<CredentialPlace> there = seen.sole(id, place(beside));
            if (there.isPresent()) {
                there.get().remove();
            }
            return there;
        });
    }

    private void write(final String id, final String beside, final Form form) throws NotWrittenException {
        ids.require(id);
        asCaller(id, () -> {
            final CredentialPlace place = place(beside);
            final Optional<CredentialPlace> there = seen.sole(id, place);
            final StandardCredentials made = made(id, form, place.stored());
            if (there.isPresent()) {
                requireSameType(there.get().stored(), made);
                there.get().replace(made);
            } else {
                place.add(made);
            }
            return CredentialsProvider.track(run, made);
        });
    }

    private CredentialPlace place(final String beside) throws NotWrittenException {
        final CredentialPlace place = seen.place(beside);
        final Optional<String> obstacle = place.obstacle(List.of(caller, seen.authentication()));
        if (obstacle.isPresent()) {
            throw new NotWrittenException(obstacle.get());
        }
        return place;
    }

    private static StandardCredentials made(final String id, final Form form, final StandardCredentials like)
            throws NotWrittenException {
        try {
            return form.made(like);
        } catch (FormException e) {
            // Its message is Jenkins's own; it may quote what it refuses.
            throw new NotWrittenException("Credential '" + Text.printable(id)
                    + "' was not written: Jenkins does not take what it was to hold. In FIPS mode a password has at"
                    + " least 14 characters.");
        }
    }

    private static void requireSameType(final StandardCredentials there, final StandardCredentials made)
            throws NotWrittenException {
        if (there.getClass() != made.getClass()) {
            throw new NotWrittenException("Credential '" + Text.printable(there.getId())
                    + "' was left alone: it is of another type than what was to be written. Move it to another id.");
        }
    }

    /** Makes a credential in the likeness of another. */
    private interface Form {
        StandardCredentials made(StandardCredentials like) throws NotWrittenException, FormException;
    }
}
