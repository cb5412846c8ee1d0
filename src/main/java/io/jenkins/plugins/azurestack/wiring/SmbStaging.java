package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.pep.Logons;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.rotation.StagingShare;
import io.jenkins.plugins.azurestack.share.CertificateFile;
import io.jenkins.plugins.azurestack.share.CertificateFiles;
import io.jenkins.plugins.azurestack.share.CertificatesFolder;
import io.jenkins.plugins.azurestack.share.Inspection;
import io.jenkins.plugins.azurestack.share.Protection;
import io.jenkins.plugins.azurestack.share.Removal;
import io.jenkins.plugins.azurestack.share.ShareClient;
import io.jenkins.plugins.azurestack.share.ShareLogonException;
import io.jenkins.plugins.azurestack.share.StagedFile;
import io.jenkins.plugins.azurestack.share.StagingJournal;
import io.jenkins.plugins.azurestack.share.UncPath;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The certificate share as the rotation engine wants it, over SMB, with a connection for each use. Every file is called
 * after its rotation, whose id nobody else would choose, so that a file of that name is that rotation's whatever is in it
 * by now: the stamp rewrites what it reads. Used by one thread at a time.
 */
public final class SmbStaging implements StagingShare {
    /** SHA-256 of nothing: stands for a content that does not matter. */
    private static final String ANYTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /** Characters of a message that is passed on. */
    private static final int LONGEST = 2000;

    private final ShareClient client;
    private final UncPath share;
    private final PasswordCredentials account;
    private final Protection protection;
    private final IdentityProvider provider;
    private final String fileName;
    private final Logons logons;
    private final Set<String> made = new LinkedHashSet<>();

    /**
     * @param account stays the caller's to close
     * @param provider decides between the folders {@code AAD} and {@code ADFS}
     * @param rotation whose files they are
     * @param logons keeps a refused password from being sent again
     */
    public SmbStaging(
            final ShareClient client,
            final UncPath share,
            final PasswordCredentials account,
            final Protection protection,
            final IdentityProvider provider,
            final RotationId rotation,
            final Logons logons) {
        this.client = Objects.requireNonNull(client, "client");
        this.share = Objects.requireNonNull(share, "share");
        this.account = Objects.requireNonNull(account, "account");
        this.protection = Objects.requireNonNull(protection, "protection");
        this.provider = Objects.requireNonNull(provider, "provider");
        this.fileName = rotation.value() + ".pfx";
        this.logons = Objects.requireNonNull(logons, "logons");
    }

    /** Something that is done with the open folder. */
    private interface Work<T> {
        T with(CertificatesFolder folder) throws IOException;
    }

    private <T> T use(final Work<T> work) throws NotKnownException, InterruptedException {
        requireUntried();
        try (CertificatesFolder folder = client.open(share, account, protection)) {
            return work.with(folder);
        } catch (ShareLogonException e) {
            remember();
            throw notKnown(e);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                final InterruptedException interrupted = new InterruptedException(e.getMessage());
                interrupted.initCause(e);
                throw interrupted;
            }
            throw notKnown(e);
        }
    }

    private static NotKnownException notKnown(final IOException failure) {
        return new NotKnownException(
                Text.printable(failure.getMessage(), LONGEST).replaceAll("[.]$", ""),
                failure instanceof ShareLogonException
                        ? "This password is not sent again until the credential changes."
                        : "Mend that on the file server or on the way there, and look again.",
                failure);
    }

    private void requireUntried() throws NotKnownException {
        final char[] password = account.password();
        try {
            if (logons.wasRefused(logonName(), password)) {
                throw new NotKnownException(
                        "'" + account.userName() + "' was refused on " + share.host()
                                + " with this very password before; nothing was sent",
                        "Correct the credential of the share.");
            }
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private void remember() {
        final char[] password = account.password();
        try {
            logons.refused(logonName(), password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private String logonName() {
        return account.userName() + " on " + share.host();
    }

    @Override
    public String path() {
        return share.toString();
    }

    @Override
    public Map<String, String> look() throws NotKnownException, InterruptedException {
        final Map<String, String> seen = new LinkedHashMap<>();
        use(folder -> folder.contents(provider)).forEach((path, sha256) -> seen.put(slashes(path), sha256));
        return seen;
    }

    @Override
    public List<String> obstacles(final long bytes) throws NotKnownException, InterruptedException {
        final Inspection found = use(CertificatesFolder::inspect);
        final List<String> obstacles = new ArrayList<>();
        if (!found.mayWrite()) {
            obstacles.add("'" + account.userName() + "' may not add files and folders there");
        }
        final long room = Inspection.roomFor(bytes);
        if (found.freeBytes() < room) {
            obstacles.add("the set and what the stamp makes of it need " + room + " bytes, and " + found.freeBytes()
                    + " are left for '" + account.userName() + "'");
        }
        return obstacles;
    }

    @Override
    public String pathOf(final CertificateFolder folder) {
        return provider.name() + "/" + folder.folderName() + "/" + fileName;
    }

    @Override
    public String stage(final CertificateFolder folder, final byte[] pfx)
            throws NotKnownException, InterruptedException {
        final CertificateFiles file =
                new CertificateFiles(provider, List.of(new CertificateFile(folder, fileName, pfx)));
        return use(open -> open.add(file, new Made()).get(0).sha256());
    }

    /** Keeps which folders were not there before. */
    private final class Made implements StagingJournal {
        @Override
        public void aboutToMake(final String folder) {
            // Only one that was made is ever removed.
        }

        @Override
        public void made(final String folder) {
            made.add(folder);
        }

        @Override
        public void aboutToWrite(final StagedFile file) {
            // The engine has written it down.
        }

        @Override
        public void written(final StagedFile file) {
            // The engine writes it down.
        }
    }

    @Override
    public List<String> made() {
        return made.stream().map(SmbStaging::slashes).toList();
    }

    @Override
    public Map<String, String> remove(final List<String> paths, final List<String> folders)
            throws NotKnownException, InterruptedException {
        folders.forEach(folder -> made.add(folder.replace('/', '\\')));
        final Map<String, String> left = new LinkedHashMap<>();
        final List<StagedFile> own = new ArrayList<>();
        for (final String path : paths) {
            if (path.endsWith("/" + fileName)) {
                own.add(new StagedFile(path.replace('/', '\\'), 0, ANYTHING));
            } else {
                left.put(path, "it is not called after this rotation");
            }
        }
        final Removal removal = use(folder -> folder.remove(own, List.copyOf(made), (file, content) -> true));
        made.removeAll(removal.removedFolders());
        removal.files().forEach((file, fate) -> {
            if (fate == Removal.Fate.IN_USE) {
                left.put(slashes(file.path()), "somebody has it open");
            } else if (fate == Removal.Fate.CHANGED) {
                left.put(slashes(file.path()), "it is too large to be a file of this rotation");
            }
        });
        return left;
    }

    private static String slashes(final String path) {
        return path.replace('\\', '/');
    }
}
