package io.jenkins.plugins.azurestack.developer;

import io.jenkins.plugins.azurestack.certificate.Pem;
import io.jenkins.plugins.azurestack.rehearsal.RehearsedAuthority;
import io.jenkins.plugins.azurestack.rehearsal.RehearsedShare;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.pep.Pace;
import io.jenkins.plugins.azurestack.simulator.pep.PrivilegedEndpoints;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.ResourceProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.wiring.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The simulated stamp of a developer's Jenkins. It lives by the time outside, in which its rotations are quick, and keeps
 * its state in a folder, so that a restarted Jenkins finds it as it left it. Thread-safe.
 */
public final class DevelopersStamp implements AutoCloseable {
    /** The password of its certificate set: it protects nothing, and says so. */
    public static final String SET_PASSWORD = "SimulatedSet1";
    /** To whom the requests of the sample jobs are mailed. */
    public static final String AUTHORITY = "pki@contoso.com";

    private static final String NAME = "east";
    private static final int RENEWED_DAYS = 720;
    private static final String REQUESTS = "*.req";

    private final SimulatedStamp simulated;
    private final MailDrop mails;

    private DevelopersStamp(final SimulatedStamp simulated, final MailDrop mails) {
        this.simulated = simulated;
        this.mails = mails;
    }

    /**
     * Starts it.
     *
     * @param folder its state, its share, its ledger and the mails that were sent; made if it is missing
     * @param workspaces where builds work: requests that are there when {@link #AUTHORITY} gets a mail are answered
     * @throws IOException if there is no port to be had on loopback, or its state can't be read
     */
    public static DevelopersStamp start(final Path folder, final Path workspaces) throws IOException {
        final Path share = folder.resolve("share");
        Files.createDirectories(share.resolve("Certificates"));
        Files.createDirectories(share.resolve("Transcripts"));
        final SimulatedStamp simulated = SimulatedStamp.of(stamp())
                .nodes(List.of(Flavour.IDRAC_9, Flavour.IDRAC_10, Flavour.ILO_5, Flavour.ILO_6))
                .settings(PrivilegedEndpoints.Settings.usual().with(Pace.watched()))
                .state(StateStore.in(folder.resolve("state")))
                .share(share)
                .ledger(folder.resolve("ledger.jsonl"))
                .start();
        try {
            return new DevelopersStamp(simulated, MailDrop.start(folder.resolve("mails"), to -> {
                if (to.equals(AUTHORITY)) {
                    answer(simulated, workspaces);
                }
            }));
        } catch (IOException e) {
            simulated.close();
            throw e;
        }
    }

    private static Stamp stamp() {
        return new Stamp(
                NAME,
                NAME,
                "azurestack.contoso.com",
                IdentityProvider.AAD,
                EnumSet.of(ResourceProvider.APP_SERVICES),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }

    /** The way to it, to its share, and to nothing else. */
    public Route route() {
        return Route.simulated(
                simulated.network(),
                (path, account, provider, rotation, logons) -> new RehearsedShare(
                        simulated.certificateShare(), path, account, provider, rotation.value() + ".pfx"));
    }

    /** The port of 127.0.0.1 where its mail server listens. */
    public int mailPort() {
        return mails.port();
    }

    /** The root of the authority that everything on the stamp trusts, as PEM text. */
    public byte[] root() {
        try {
            return Pem.of("CERTIFICATE", simulated.authority().root().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was issued has an encoding", e);
        }
    }

    /** Who all BMCs know until their password is changed. */
    public String bmcUser() {
        return identity().bmcUser();
    }

    /** The password of a new stamp's BMCs. */
    public String bmcPassword() {
        return identity().bmcPassword();
    }

    private Identity identity() {
        return simulated.world().identity();
    }

    /**
     * A renewed certificate for every folder that the stamp rotates, as PFX files under {@link #SET_PASSWORD}, by the ids
     * of their credentials, such as {@code east-arm-public}.
     */
    public Map<String, byte[]> renewed() {
        final Map<String, byte[]> renewed = new LinkedHashMap<>();
        for (final CertificateFolder folder : simulated.stamp().rotationFolders()) {
            renewed.put(
                    NAME + "-" + folder.folderName().toLowerCase(Locale.ROOT).replace(' ', '-'),
                    simulated.issue(simulated.specimen(folder, RENEWED_DAYS)).pfx(SET_PASSWORD.toCharArray()));
        }
        return renewed;
    }

    /** Answers every request in any workspace: the answer lies beside them then, as the mail asked for. */
    private static void answer(final SimulatedStamp simulated, final Path workspaces) throws IOException {
        final Map<Path, RehearsedAuthority> authorities = new LinkedHashMap<>();
        for (final Path request : requests(workspaces)) {
            authorities
                    .computeIfAbsent(request.resolveSibling("issued"), folder -> new RehearsedAuthority(simulated))
                    .take(String.valueOf(request.getFileName()), Files.readAllBytes(request));
        }
        for (final Map.Entry<Path, RehearsedAuthority> one : authorities.entrySet()) {
            Files.write(
                    Files.createDirectories(one.getKey()).resolve(NAME + ".p7b"),
                    one.getValue().answers());
        }
    }

    /** The latest one last. */
    private static List<Path> requests(final Path workspaces) throws IOException {
        if (Files.notExists(workspaces)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(workspaces)) {
            return files.filter(file -> workspaces
                            .getFileSystem()
                            .getPathMatcher("glob:" + REQUESTS)
                            .matches(file.getFileName()))
                    .sorted(Comparator.comparing(file -> file.toFile().lastModified()))
                    .toList();
        }
    }

    /** Stops listening; its state stays. */
    @Override
    public void close() throws IOException {
        mails.close();
        simulated.close();
    }
}
