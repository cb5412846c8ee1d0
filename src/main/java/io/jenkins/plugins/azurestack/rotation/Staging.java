package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.ChangeListener;
import io.jenkins.plugins.azurestack.journal.Fields;
import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.StampLock;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The certificates' way to the share and back: only files that the journal names are ever touched. */
final class Staging {
    private final RotationWorld world;
    private final StampLock lock;
    private final RotationMemory memory;
    private final ChangeListener listener;

    Staging(
            final RotationWorld world,
            final StampLock lock,
            final RotationMemory memory,
            final ChangeListener listener) {
        this.world = world;
        this.lock = lock;
        this.memory = memory;
        this.listener = listener;
    }

    String path() {
        return memory.state().share().orElse("");
    }

    /** Why share or certificates at hand are not those that were approved; empty if they are. */
    Optional<String> differs() {
        final RotationState approved = memory.state();
        final Map<CertificateFolder, String> own =
                world.certificates().map(CertificateSet::fingerprints).orElse(Map.of());
        if (!own.equals(approved.toBeServed())) {
            return Optional.of("The certificates in the credentials store are not those that were approved.");
        }
        return world.share().map(StagingShare::path).equals(approved.share())
                ? Optional.empty()
                : Optional.of("The certificate share is not " + path() + " any more, which was approved.");
    }

    /** The share that was approved: on another one no file is this rotation's, whatever its name. */
    private StagingShare share() throws NotKnownException {
        return world.share()
                .filter(share -> share.path().equals(path()))
                .orElseThrow(() -> new NotKnownException(
                        "the certificate share is not " + path() + " any more",
                        "Configure that share again until this rotation is over."));
    }

    /** The same world, in which files of this rotation's own do not lie on the share. */
    RotationWorld worldWithout(final Set<String> own) {
        return new RotationWorld(
                world.stamp(),
                world.privilegedEndpoints(),
                world.actions(),
                world.operations(),
                world.endpoints(),
                world.certificates(),
                world.share().map(share -> own.isEmpty() ? share : new Without(share, own)));
    }

    /**
     * Brings every certificate to the share, unless it lies there already as it was written down.
     *
     * @return why that failed; empty if every one lies there
     */
    Optional<String> stage() throws IOException, LockedException, InterruptedException {
        final CertificateSet set = world.certificates().orElseThrow();
        try {
            final StagingShare share = share();
            final Map<String, String> before = share.look();
            takeBackWhatDiffers(share, before);
            int done = 0;
            for (final CertificateFolder folder : set.fingerprints().keySet()) {
                final String path = share.pathOf(folder);
                if (!memory.state().staged().getOrDefault(path, "").equals(before.getOrDefault(path, "none"))) {
                    stage(share, folder, path, set.pfx(folder));
                }
                done++;
                listener.line("Staged " + done + " of " + set.fingerprints().size() + ": " + path);
            }
            return Optional.empty();
        } catch (NotKnownException e) {
            return Optional.of(e.getMessage() + ". " + e.advice());
        }
    }

    /** Files of ours that are not as they were written down: the stamp rewrites them, or a write was cut short. */
    private void takeBackWhatDiffers(final StagingShare share, final Map<String, String> before)
            throws IOException, LockedException, NotKnownException, InterruptedException {
        final List<String> differing = new ArrayList<>();
        memory.state().staged().forEach((path, sha256) -> {
            if (before.containsKey(path) && !sha256.equals(before.get(path))) {
                differing.add(path);
            }
        });
        if (!differing.isEmpty()) {
            final Map<String, String> left = remove(share, differing);
            if (!left.isEmpty()) {
                throw new NotKnownException(
                        "files of an earlier attempt can't be removed: " + left, "Remove them by hand.");
            }
        }
    }

    private void stage(final StagingShare share, final CertificateFolder folder, final String path, final byte[] pfx)
            throws IOException, LockedException, NotKnownException, InterruptedException {
        try {
            final String sha256 = sha256(pfx);
            final String call = call();
            lock.check();
            memory.staging(call, path, sha256);
            final String there = share.stage(folder, pfx);
            memory.done(call, Fields.of("sha256", there).with("made", String.join("\n", share.made())));
            if (!there.equals(sha256)) {
                throw new NotKnownException(
                        path + " reads back differently from what was written",
                        "Look at the file server; whatever changed it may change the others too.");
            }
        } finally {
            Arrays.fill(pfx, (byte) 0);
        }
    }

    /**
     * Takes back everything that this rotation wrote, or may have written.
     *
     * @return what is still there, with the reason
     */
    List<String> remove() throws IOException, LockedException, InterruptedException {
        final List<String> paths = new ArrayList<>(memory.state().staged().keySet());
        if (paths.isEmpty()) {
            return List.of();
        }
        try {
            final List<String> left = new ArrayList<>();
            remove(share(), paths).forEach((path, reason) -> left.add(path + " (" + reason + ")"));
            return left;
        } catch (NotKnownException e) {
            return List.of(String.join(", ", paths) + " (" + e.getMessage() + ")");
        }
    }

    private Map<String, String> remove(final StagingShare share, final List<String> paths)
            throws IOException, LockedException, NotKnownException, InterruptedException {
        final String call = call();
        lock.check();
        memory.removing(call, paths);
        Map<String, String> left = new LinkedHashMap<>();
        paths.forEach(path -> left.put(path, "nobody knows"));
        try {
            final Map<String, String> there =
                    share.remove(paths, List.copyOf(memory.state().made()));
            left.clear();
            left.putAll(there);
            return there;
        } finally {
            memory.done(call, Fields.of("left", String.join("\n", left.keySet())));
        }
    }

    private String call() {
        return "share-" + memory.state().calls();
    }

    static String sha256(final byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** A share on which some files are not seen. */
    private record Without(StagingShare share, Set<String> unseen) implements StagingShare {
        @Override
        public String path() {
            return share.path();
        }

        @Override
        public Map<String, String> look() throws NotKnownException, InterruptedException {
            final Map<String, String> seen = new LinkedHashMap<>(share.look());
            seen.keySet().removeAll(unseen);
            return seen;
        }

        @Override
        public List<String> obstacles(final long bytes) throws NotKnownException, InterruptedException {
            return share.obstacles(bytes);
        }

        @Override
        public String pathOf(final CertificateFolder folder) {
            return share.pathOf(folder);
        }

        @Override
        public String stage(final CertificateFolder folder, final byte[] pfx)
                throws NotKnownException, InterruptedException {
            return share.stage(folder, pfx);
        }

        @Override
        public List<String> made() {
            return share.made();
        }

        @Override
        public Map<String, String> remove(final List<String> paths, final List<String> folders)
                throws NotKnownException, InterruptedException {
            return share.remove(paths, folders);
        }
    }
}
