package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.CertificatePath;
import io.jenkins.plugins.azurestack.certificate.PfxWriter;
import io.jenkins.plugins.azurestack.certificate.readiness.Circumstances;
import io.jenkins.plugins.azurestack.certificate.readiness.PfxReadiness;
import io.jenkins.plugins.azurestack.certificate.readiness.SetReadiness;
import io.jenkins.plugins.azurestack.certificate.readiness.Status;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.rotation.CertificateSet;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A certificate set out of the credentials store: each certificate with its key and its whole chain, written as the stamp
 * wants it, and checked as it was written. Holds private keys until closed. Used by one thread at a time.
 */
public final class StoredCertificateSet implements CertificateSet {
    /** Characters of a message that is passed on. */
    private static final int LONGEST = 2000;

    private final Map<CertificateFolder, byte[]> files = new EnumMap<>(CertificateFolder.class);
    private final Map<CertificateFolder, String> fingerprints = new EnumMap<>(CertificateFolder.class);
    private final List<String> obstacles = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final SetReadiness readiness;

    /**
     * A certificate that is to be had.
     *
     * @param id of the credential, for messages
     * @param opening gets what it holds
     */
    public record Source(String id, Opening opening) {}

    /** Opens a credential. */
    @FunctionalInterface
    public interface Opening {
        /** The caller closes what it gets. */
        CredentialLookup.Held open() throws NotSeenException;
    }

    /**
     * Gets every certificate, writes its file, and checks all of them. What can't be had is an obstacle, and no exception.
     *
     * @param sources by folder
     * @param password the set's one; left alone
     * @param circumstances what the checks depend on; their roots complete the chains
     * @param random makes salts
     * @throws InterruptedException if the calling thread was interrupted while lists of revoked certificates were asked for
     */
    public StoredCertificateSet(
            final Map<CertificateFolder, Source> sources,
            final char[] password,
            final Circumstances circumstances,
            final SecureRandom random)
            throws InterruptedException {
        final PfxWriter writer = new PfxWriter(random);
        new TreeMap<>(sources).forEach((folder, source) -> add(folder, source, password, circumstances, writer));
        readiness = SetReadiness.of(files, password, circumstances);
        readiness.files().forEach((folder, file) -> judge(folder, file));
        readiness
                .outcomes()
                .forEach((check, outcome) -> note(outcome.status(), check.title() + ": " + outcome.message()));
    }

    private void add(
            final CertificateFolder folder,
            final Source source,
            final char[] password,
            final Circumstances circumstances,
            final PfxWriter writer) {
        try (CredentialLookup.Held held = source.opening().open()) {
            final Stamp stamp = circumstances.stamp();
            final StoredKeys.Found found =
                    StoredKeys.in(held, Text.printable(source.id()), chain -> folder.requiredNames(stamp).stream()
                            .allMatch(chain::covers));
            final List<X509Certificate> pool =
                    new ArrayList<>(found.pair().chain().certificates());
            pool.addAll(found.all());
            pool.addAll(circumstances.otherRoots());
            pool.addAll(circumstances.publicRoots());
            final CertificateChain chain =
                    CertificatePath.from(found.pair().chain().leaf(), pool).chain();
            files.put(folder, writer.write(found.pair().key(), chain, password, folder.folderName()));
            fingerprints.put(folder, chain.fingerprint());
        } catch (NotSeenException e) {
            obstacles.add(folder.folderName() + ": " + sentence(e.getMessage()) + ". " + e.advice());
        } catch (IllegalArgumentException e) {
            obstacles.add(folder.folderName() + ": " + sentence(e.getMessage()));
        }
    }

    private void judge(final CertificateFolder folder, final PfxReadiness file) {
        file.outcomes()
                .forEach((check, outcome) ->
                        note(outcome.status(), folder.folderName() + ", " + check.title() + ": " + outcome.message()));
    }

    private void note(final Status status, final String message) {
        if (status == Status.FAIL) {
            obstacles.add(sentence(message));
        } else if (status == Status.WARNING) {
            remarks.add(sentence(message));
        }
    }

    private static String sentence(final String message) {
        return Text.printable(message, LONGEST).replaceAll("[.]$", "");
    }

    /** What came of the checks. */
    public SetReadiness readiness() {
        return readiness;
    }

    /** The roots that the certificates lead to, each once. */
    Collection<X509Certificate> roots() {
        return readiness.files().values().stream()
                .flatMap(file -> file.path().flatMap(CertificatePath::root).stream())
                .distinct()
                .toList();
    }

    @Override
    public Map<CertificateFolder, String> fingerprints() {
        return Collections.unmodifiableMap(fingerprints);
    }

    @Override
    public List<String> obstacles() {
        return List.copyOf(obstacles);
    }

    @Override
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    @Override
    public byte[] pfx(final CertificateFolder folder) throws IOException {
        final byte[] file = files.get(folder);
        if (file == null) {
            throw new IOException("there is no file for '" + folder.folderName() + "'");
        }
        return file.clone();
    }

    @Override
    public void close() {
        files.values().forEach(file -> Arrays.fill(file, (byte) 0));
        files.clear();
    }
}
