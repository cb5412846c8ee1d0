package io.jenkins.plugins.azurestack.rehearsal;

import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.BmcSettings;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import io.jenkins.plugins.azurestack.wiring.CredentialWriter;
import io.jenkins.plugins.azurestack.wiring.SecretLookup;
import io.jenkins.plugins.azurestack.wiring.WritableIds;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The credentials store of a rehearsal: a certificate for every folder of the stamp. All that the stamp rotates are newer
 * ones than it serves, as after a renewal and before a rotation; those of resource providers are the ones it serves.
 */
final class RehearsedCredentials implements SecretLookup {
    private static final int RENEWED_DAYS = 729;
    /** The simulated set's password: it protects nothing, and says so. */
    private static final String PASSWORD = "Rehearsal1";

    private static final String CLOUD_ADMIN = "-cloudadmin";
    private static final String SHARE = "-share";
    private static final String OPERATOR = "-operator";
    private static final String BMC = "-bmc";

    private final SimulatedStamp stamp;
    private final Map<String, CertificateFolder> folders = new HashMap<>();
    private final Map<CertificateFolder, IssuedCertificate> renewed = new HashMap<>();

    private final RehearsedStore store = new RehearsedStore();

    private final RehearsedAuthority authority;

    RehearsedCredentials(final SimulatedStamp stamp) {
        this.stamp = stamp;
        this.authority = new RehearsedAuthority(stamp);
        for (final StoredCertificate stored : stamp.stamp().certificates()) {
            folders.put(stored.credentialsId(), stored.folder());
        }
        stamp.stamp()
                .rotationFolders()
                .forEach(folder -> renewed.put(folder, stamp.issue(stamp.specimen(folder, RENEWED_DAYS))));
    }

    /** The same stamp, with a credential configured for every folder. */
    static Stamp configure(final Stamp bare) {
        final List<StoredCertificate> stored = new ArrayList<>();
        bare.folders().forEach(folder -> stored.add(new StoredCertificate(folder, id(bare, folder), Optional.empty())));
        return new Stamp(
                bare.name(),
                bare.region(),
                bare.externalFqdn(),
                bare.identityProvider(),
                bare.resourceProviders(),
                stored,
                Optional.of(passwordId(bare)),
                Optional.of(rootsId(bare)),
                bare.excluded());
    }

    /** The same stamp as a maintenance run has it configured: in need of an approval, and open to the rehearsed job. */
    static Maintenance maintenance(final SimulatedStamp simulated, final String job) {
        final Stamp stamp = simulated.stamp();
        return new Maintenance(
                World.PRIVILEGED_ENDPOINTS,
                false,
                Optional.of(stamp.name() + CLOUD_ADMIN),
                Optional.of(simulated.certificatesPath()),
                Optional.of(stamp.name() + SHARE),
                Optional.of(stamp.name() + OPERATOR),
                true,
                Set.of(job));
    }

    /** The BMCs of the same stamp as a maintenance run has them configured: Jenkins reaches them. */
    static BmcSettings bmcSettings(final Stamp stamp) {
        return new BmcSettings(Optional.of(stamp.name() + BMC), true, List.of());
    }

    /** Answers the requests whose keys are in this store. */
    RehearsedAuthority authority() {
        return authority;
    }

    /** Writes to this very store. */
    CredentialWriter writer(final WritableIds ids) {
        return new RehearsedWriter(store, this, ids);
    }

    @Override
    public Presence presence(final String id) {
        final String name = stamp.stamp().name();
        final boolean there = store.has(id)
                || folders.containsKey(id)
                || Set.of(
                                name + CLOUD_ADMIN,
                                name + SHARE,
                                name + OPERATOR,
                                name + BMC,
                                passwordId(stamp.stamp()),
                                rootsId(stamp.stamp()))
                        .contains(id);
        return there ? Presence.USABLE : Presence.ABSENT;
    }

    @Override
    public byte[] file(final String id) throws NotSeenException {
        try (Held held = find(id, Optional.empty())) {
            if (held instanceof Held.File file) {
                return file.content().clone();
            }
            throw new NotSeenException("credential '" + id + "' is no secret file", "Store it as a secret file.");
        }
    }

    @Override
    public PasswordCredentials login(final String id) throws NotSeenException {
        final Optional<RehearsedStore.Written.Login> written = store.find(id, RehearsedStore.Written.Login.class);
        if (written.isPresent()) {
            return login(written.get().userName(), written.get().password());
        }
        final Identity identity = stamp.world().identity();
        final String name = stamp.stamp().name();
        if (id.equals(name + CLOUD_ADMIN)) {
            return login(identity.netBiosName() + "\\" + identity.cloudAdmin(), identity.cloudAdminPassword());
        }
        if (id.equals(name + SHARE)) {
            return login(identity.shareUser(), identity.sharePassword());
        }
        if (id.equals(name + OPERATOR)) {
            return login(identity.clientId(), identity.clientSecret());
        }
        if (id.equals(name + BMC)) {
            return login(identity.bmcUser(), identity.bmcPassword());
        }
        throw missing(id);
    }

    private static PasswordCredentials login(final String userName, final String password) {
        return new PasswordCredentials(userName, password.toCharArray());
    }

    @Override
    public char[] password(final String id) throws NotSeenException {
        final Optional<RehearsedStore.Written.Secret> written = store.find(id, RehearsedStore.Written.Secret.class);
        if (written.isPresent()) {
            return written.get().text().toCharArray();
        }
        if (!id.equals(passwordId(stamp.stamp()))) {
            throw missing(id);
        }
        return PASSWORD.toCharArray();
    }

    private static String id(final Stamp stamp, final CertificateFolder folder) {
        return stamp.name() + "-"
                + folder.folderName().toLowerCase(Locale.ROOT).replace(' ', '-').replace('/', '-');
    }

    private static String passwordId(final Stamp stamp) {
        return stamp.name() + "-pfx-password";
    }

    private static String rootsId(final Stamp stamp) {
        return stamp.name() + "-roots";
    }

    @Override
    public Held find(final String id, final Optional<String> password) throws NotSeenException {
        if (password.isPresent() && !password.get().equals(passwordId(stamp.stamp()))) {
            throw missing(password.get());
        }
        final Optional<RehearsedStore.Written.File> written = store.find(id, RehearsedStore.Written.File.class);
        if (written.isPresent()) {
            return new Held.File(
                    written.get().content(), password.isPresent() ? password(password.get()) : new char[0]);
        }
        if (id.equals(rootsId(stamp.stamp()))) {
            return new Held.File(pem(), new char[0]);
        }
        final CertificateFolder folder = folders.get(id);
        if (folder == null) {
            throw missing(id);
        }
        final IssuedCertificate certificate = renewed.getOrDefault(folder, stamp.served(folder));
        final char[] secret = PASSWORD.toCharArray();
        return new Held.File(certificate.pfx(secret), password.isPresent() ? secret : new char[0]);
    }

    private static NotSeenException missing(final String id) {
        return new NotSeenException(
                "there is no credential '" + id + "' in this rehearsal", "Look at the ids of the simulated stamp.");
    }

    private byte[] pem() {
        try {
            final String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(stamp.authority().root().getEncoded());
            return ("-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n")
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was issued has an encoding", e);
        }
    }
}
