package io.jenkins.plugins.azurestack.jenkins;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.stamp.Text;
import io.jenkins.plugins.azurestack.wiring.SecretLookup;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.springframework.security.core.Authentication;

/** What credentials of the store hold; who may use which is for those that extend this to say. */
public abstract class StoredSecrets implements SecretLookup {
    /** Larger than any PFX; keeps a wrong file from filling the memory. */
    public static final int LARGEST_FILE = 20 * 1024 * 1024;

    /** Whoever made this: a thread of the check's own would be nobody. */
    private final Authentication caller = Jenkins.getAuthentication2();

    /**
     * A credential of whatever type.
     *
     * @throws NotSeenException if there is none that may be used, in the same words as if there is none at all
     */
    protected abstract StandardCredentials any(String id) throws NotSeenException;

    /** The message for a credential that is absent, and for one that is forbidden. */
    protected static NotSeenException absent(final String id, final String who, final String where) {
        return new NotSeenException(
                "there is no credential '" + Text.printable(id) + "' that " + who + " may use",
                "Create it in a store that the job sees (its folder's or the global one), or correct the id " + where);
    }

    @Override
    public Held find(final String id, final Optional<String> password) throws NotSeenException {
        final ACLContext context = ACL.as2(caller);
        try {
            return held(id, password);
        } finally {
            context.close();
        }
    }

    @Override
    public PasswordCredentials login(final String id) throws NotSeenException {
        final ACLContext context = ACL.as2(caller);
        try {
            if (any(id) instanceof StandardUsernamePasswordCredentials login) {
                final char[] password = login.getPassword().getPlainText().toCharArray();
                try {
                    return new PasswordCredentials(login.getUsername(), password);
                } finally {
                    Arrays.fill(password, '\0');
                }
            }
            throw new NotSeenException(
                    "credential '" + Text.printable(id) + "' is no user name with password",
                    "Store it as a user name with password.");
        } finally {
            context.close();
        }
    }

    @Override
    public char[] password(final String id) throws NotSeenException {
        final ACLContext context = ACL.as2(caller);
        try {
            return secret(id);
        } finally {
            context.close();
        }
    }

    @Override
    public byte[] file(final String id) throws NotSeenException {
        final ACLContext context = ACL.as2(caller);
        try {
            if (any(id) instanceof FileCredentials file) {
                return content(file);
            }
            throw new NotSeenException(
                    "credential '" + Text.printable(id) + "' is no secret file", "Store it as a secret file.");
        } finally {
            context.close();
        }
    }

    @Override
    public Presence presence(final String id) {
        final ACLContext context = ACL.as2(caller);
        try {
            return presence(id, caller);
        } catch (RuntimeException e) {
            // Credentials providers are other plugins: one that fails tells nothing.
            return Presence.HIDDEN;
        } finally {
            context.close();
        }
    }

    /** Whether there is such a credential, as far as whoever asks may be told. */
    protected Presence presence(final String id, final Authentication asking) {
        try {
            any(id);
            return Presence.USABLE;
        } catch (NotSeenException e) {
            return Presence.HIDDEN;
        }
    }

    private Held held(final String id, final Optional<String> password) throws NotSeenException {
        final StandardCredentials found = any(id);
        if (found instanceof StandardCertificateCredentials certificate) {
            return new Held.Opened(
                    certificate.getKeyStore(),
                    certificate.getPassword().getPlainText().toCharArray());
        }
        if (found instanceof FileCredentials file) {
            return held(file, password);
        }
        throw wrongType(id, "a certificate nor a secret file", "Store the PFX as a certificate or as a secret file.");
    }

    private Held held(final FileCredentials file, final Optional<String> password) throws NotSeenException {
        // The password first: it may not be there, and then nothing has to be wiped.
        final char[] secret = password.isPresent() ? secret(password.get()) : new char[0];
        try {
            return new Held.File(content(file), secret);
        } catch (NotSeenException | RuntimeException e) {
            Arrays.fill(secret, '\0');
            throw e;
        }
    }

    private char[] secret(final String id) throws NotSeenException {
        final StandardCredentials found = any(id);
        if (found instanceof StringCredentials text) {
            return text.getSecret().getPlainText().toCharArray();
        }
        if (found instanceof StandardUsernamePasswordCredentials login) {
            final Secret secret = login.getPassword();
            return secret.getPlainText().toCharArray();
        }
        throw wrongType(
                id, "a secret text nor a user name with password", "Store the password of the PFX as a secret text.");
    }

    private static byte[] content(final FileCredentials file) throws NotSeenException {
        final String id = file.getId();
        try (InputStream in = file.getContent()) {
            final byte[] content = in.readNBytes(LARGEST_FILE + 1);
            if (content.length > LARGEST_FILE) {
                Arrays.fill(content, (byte) 0);
                throw new NotSeenException(
                        "the file in credential '" + Text.printable(id) + "' is larger than any PFX",
                        "Store the PFX itself in the credential; up to 20 MB are read.");
            }
            return content;
        } catch (IOException e) {
            throw new NotSeenException(
                    "the file in credential '" + Text.printable(id) + "' could not be read: "
                            + Text.printable(e.getMessage()),
                    "Upload the file to the credential again.");
        }
    }

    private static NotSeenException wrongType(final String id, final String types, final String advice) {
        return new NotSeenException("credential '" + Text.printable(id) + "' is neither " + types, advice);
    }
}
