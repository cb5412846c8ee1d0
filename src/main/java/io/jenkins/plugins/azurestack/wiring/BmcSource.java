package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.arm.Alert;
import io.jenkins.plugins.azurestack.arm.ResourceManager;
import io.jenkins.plugins.azurestack.bmc.BmcLogin;
import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.expiry.ExpirySource;
import io.jenkins.plugins.azurestack.expiry.Inquiry;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Sighting;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.net.TlsProbe;
import io.jenkins.plugins.azurestack.net.TlsProbeException;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.stamp.BmcSettings;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the certificates that the BMCs serve, at the age of their password, and at the stamp's alerts that one of them
 * does not answer. Never logs on to one.
 */
final class BmcSource implements ExpirySource {
    /** The source's name. */
    static final String NAME = "bmc";

    private static final int PORT = 443;
    /** What many policies ask for; the password itself never ends. */
    private static final Duration OLD = Duration.ofDays(365);

    /** For all BMCs that Resource Manager names, one after the other. */
    private static final Duration ALL = Duration.ofMinutes(4);

    private static final String PASSWORD = "BMC password";

    private final Stamp stamp;
    private final BmcSettings settings;
    private final TlsProbe probe;
    private final Duration timeout;
    private final Optional<ResourceManagerAccess> manager;
    private final StepEnvironment environment;
    private final Clock clock;

    /**
     * @param timeout how long one BMC may take to show its certificate
     * @param manager empty where no service principal is configured
     */
    BmcSource(
            final Stamp stamp,
            final BmcSettings settings,
            final TlsProbe probe,
            final Duration timeout,
            final Optional<ResourceManagerAccess> manager,
            final StepEnvironment environment,
            final Clock clock) {
        this.stamp = stamp;
        this.settings = settings;
        this.probe = probe;
        this.timeout = timeout;
        this.manager = manager;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Inquiry> inquiries() {
        final List<Inquiry> inquiries = new ArrayList<>();
        if (settings.reached()) {
            settings.bmcs().forEach(bmc -> inquiries.add(certificate(bmc)));
            if (settings.bmcs().isEmpty()) {
                manager.ifPresent(access -> inquiries.add(certificatesOfNodes(access)));
            }
        }
        settings.credentials().ifPresent(id -> inquiries.add(password(id)));
        manager.ifPresent(access -> inquiries.add(
                access.inquiry(target("alerts"), "the stamp's alerts", ResourceManager::activeAlerts, this::alerts)));
        return inquiries;
    }

    private static Target target(final String name) {
        return new Target(NAME, name, Optional.empty());
    }

    private Inquiry certificate(final BmcSettings.Bmc bmc) {
        final Target target = target(bmc.address() + ":" + PORT);
        return new Inquiry() {
            @Override
            public Target target() {
                return target;
            }

            @Override
            public List<Sighting> look() throws NotSeenException, InterruptedException {
                return List.of(served(target, bmc));
            }
        };
    }

    /** No name: whether a BMC is believed is decided by its address or its fingerprint, when it is used. */
    private Sighting served(final Target target, final BmcSettings.Bmc bmc)
            throws NotSeenException, InterruptedException {
        try {
            return new Sighting.Certificate(
                    target,
                    "",
                    CertificateChain.of(probe.look(bmc.address(), PORT, timeout).certificates()));
        } catch (TlsProbeException e) {
            throw new NotSeenException("the BMC of " + bmc.node() + ": " + e.getMessage(), e.advice());
        }
    }

    /** Where Resource Manager is to say which BMCs there are. */
    private Inquiry certificatesOfNodes(final ResourceManagerAccess access) {
        final Target target = target("nodes");
        final List<BmcSettings.Bmc> named = new ArrayList<>();
        final Inquiry nodes = access.inquiry(target, "the stamp's nodes", ResourceManager::nodes, all -> {
            all.forEach(node -> named.add(new BmcSettings.Bmc(node.name(), node.bmcAddress(), Optional.empty())));
            return List.of();
        });
        return new Inquiry() {
            @Override
            public Target target() {
                return target;
            }

            @Override
            public Optional<Duration> patience() {
                return Optional.of(ALL);
            }

            @Override
            public List<Sighting> look() throws NotSeenException, InterruptedException {
                final List<Sighting> sightings = new ArrayList<>(nodes.look());
                for (final BmcSettings.Bmc bmc : named) {
                    final Target place = BmcSource.target(bmc.address() + ":" + PORT);
                    try {
                        sightings.add(served(place, bmc));
                    } catch (NotSeenException e) {
                        sightings.add(new Sighting.Unknown(place, e.getMessage(), e.advice()));
                    }
                }
                return sightings;
            }
        };
    }

    private Inquiry password(final String id) {
        final Target target = new Target(
                NAME,
                "credential " + id,
                Optional.empty(),
                environment.credentials().scope());
        return new Inquiry() {
            @Override
            public Target target() {
                return target;
            }

            @Override
            public List<Sighting> look() throws NotSeenException {
                try {
                    return List.of(new BmcPasswordMemory(new FileDisk(), environment.stampFolder(stamp.name()))
                            .load()
                            .map(known -> age(target, id, known))
                            .orElseGet(() -> told(
                                    target,
                                    Severity.NOTICE,
                                    "this Jenkins has never changed it, so nobody knows how old it is",
                                    "Give the BMCs a new one with azsUpdateBmc; then its age is known.")));
                } catch (IOException e) {
                    throw new NotSeenException(Text.printable(e.getMessage()), "Mend the file, then check again.");
                }
            }
        };
    }

    private Sighting age(final Target target, final String id, final BmcPasswordMemory.Known known) {
        if (isAnother(id, known)) {
            return told(
                    target,
                    Severity.WARNING,
                    "'" + id + "' does not hold the password that the BMCs were given on " + known.changed()
                            + ": it may have come back with an old one",
                    "See whether a configuration reload wrote it; the right one may be in '" + WritableIds.previous(id)
                            + "', or in the history of its provider.");
        }
        final Duration age = Duration.between(known.changed(), clock.instant());
        return told(
                target,
                age.compareTo(OLD) > 0 ? Severity.NOTICE : Severity.OK,
                "it is " + age.toDays() + " days old, since " + known.changed(),
                age.compareTo(OLD) > 0 ? "Give the BMCs a new one with azsUpdateBmc." : "");
    }

    /** Whether the credential holds another password; false where that can't be told. */
    private boolean isAnother(final String id, final BmcPasswordMemory.Known known) {
        final Optional<AuditKey> key = environment.logonKey();
        if (key.isEmpty()) {
            return false;
        }
        try (PasswordCredentials held = environment.credentials().login(id)) {
            final char[] password = held.password();
            try (BmcLogin login = new BmcLogin(held.userName(), password)) {
                return !login.fingerprint(key.get()).equals(known.fingerprint());
            } finally {
                Arrays.fill(password, '\0');
            }
        } catch (NotSeenException e) {
            return false;
        }
    }

    private static Sighting told(
            final Target target, final Severity severity, final String words, final String advice) {
        return new Sighting.Told(target, PASSWORD, "", Optional.empty(), severity, false, words, advice);
    }

    private List<Sighting> alerts(final List<Alert> active) {
        final Target target = target("alerts");
        final List<Sighting> sightings = new ArrayList<>();
        active.stream()
                .filter(Alert::isBmc)
                .forEach(alert -> sightings.add(new Sighting.Told(
                        target,
                        "alert " + alert.id(),
                        "",
                        Optional.empty(),
                        alert.severity() == Alert.Severity.CRITICAL ? Severity.CRITICAL : Severity.WARNING,
                        false,
                        alert.title()
                                + alert.property("nodeName")
                                        .map(node -> " of " + node)
                                        .orElse(""),
                        "Look whether the BMC is up; if it takes another password than the stamp keeps, azsUpdateBmc mends"
                                + " that.")));
        if (sightings.isEmpty()) {
            sightings.add(new Sighting.Told(
                    target,
                    "BMC alerts",
                    "",
                    Optional.empty(),
                    Severity.OK,
                    false,
                    "no alert says that the stamp does not reach a BMC",
                    ""));
        }
        return sightings;
    }
}
