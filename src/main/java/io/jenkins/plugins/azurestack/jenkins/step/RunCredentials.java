package io.jenkins.plugins.azurestack.jenkins.step;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.jenkins.credentials.JobCredentials;
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

/**
 * The credentials that a build may use. Ids of a stamp's configuration are taken as they are: what a job could put into
 * them with a parameter would let it borrow another stamp's credential. Ids that a step was given are looked up as
 * Jenkins looks up any, parameters included. Every use is recorded with the credential.
 */
final class RunCredentials implements SecretLookup {
    /** Larger than any PFX; keeps a wrong file from filling the memory. */
    static final int LARGEST_FILE = 20 * 1024 * 1024;

    private final Run<?, ?> run;
    private final boolean given;
    /** Who the build is: a thread of the check's own would be nobody. */
    private final Authentication caller = Jenkins.getAuthentication2();

    /** @param given whether the ids come from the step's arguments, and not from the configuration */
    RunCredentials(final Run<?, ?> run, final boolean given) {
        this.run = run;
        this.given = given;
    }

    @Override
    public String scope() {
        return run.getParent().getFullName();
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

    /** Of an id that the step was given nothing is told beyond what the job may use: it could ask for any. */
    @Override
    public Presence presence(final String id) {
        final ACLContext context = ACL.as2(caller);
        try {
            if (stored(id) != null) {
                return Presence.USABLE;
            }
            return !given && new JobCredentials(run.getParent()).isAbsent(id, caller)
                    ? Presence.ABSENT
                    : Presence.HIDDEN;
        } catch (RuntimeException e) {
            // Credentials providers are other plugins: one that fails tells nothing.
            return Presence.HIDDEN;
        } finally {
            context.close();
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

    /** A credential of whatever type. The message is the same for one that is absent and one that is forbidden. */
    private StandardCredentials any(final String id) throws NotSeenException {
        final StandardCredentials found = stored(id);
        if (found == null) {
            throw new NotSeenException(
                    "there is no credential '" + Text.printable(id) + "' that this job may use",
                    "Create it in a store that the job sees (its folder's or the global one), or correct the id "
                            + (given ? "that the step was given." : "in the stamp's configuration."));
        }
        return CredentialsProvider.track(run, found);
    }

    private StandardCredentials stored(final String id) {
        return given
                ? CredentialsProvider.findCredentialById(id, StandardCredentials.class, run)
                : new JobCredentials(run.getParent()).usable(id).orElse(null);
    }

    private static NotSeenException wrongType(final String id, final String types, final String advice) {
        return new NotSeenException("credential '" + Text.printable(id) + "' is neither " + types, advice);
    }
}
