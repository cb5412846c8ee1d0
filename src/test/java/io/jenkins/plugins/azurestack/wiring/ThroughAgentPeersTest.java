package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.jenkins.tunnel.AgentNetwork;
import io.jenkins.plugins.azurestack.jenkins.tunnel.NamedPlaces;
import io.jenkins.plugins.azurestack.jenkins.tunnel.TestAgent;
import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.peer.LibraryLog;
import io.jenkins.plugins.azurestack.peer.Samba;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.stamp.BmcSettings;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Whole steps whose every connection begins on an agent: Resource Manager over TLS, the privileged endpoint, the probes,
 * revocation lists, and a real SMB server.
 */
public class ThroughAgentPeersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @ClassRule
    public static final LibraryLog LOG = new LibraryLog(Level.OFF);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final AtomicBoolean dropped = new AtomicBoolean();
    private RotatingStamp east;
    private Samba samba;
    private MaintenanceBuild build;
    private TestAgent agent;

    @Before
    public void start() throws Exception {
        final Identity usual = Identity.usual();
        final Identity identity = new Identity(
                usual.netBiosName(),
                usual.internalDomain(),
                usual.cloudAdmin(),
                usual.cloudAdminPassword(),
                usual.tenant(),
                usual.clientId(),
                usual.clientSecret(),
                usual.bmcUser(),
                usual.bmcPassword(),
                Samba.USER,
                usual.sharePassword());
        east = new RotatingStamp(IdentityProvider.ADFS, identity);
        Files.createDirectories(east.simulated.share().resolve("Certificates"));
        build = new MaintenanceBuild(folder.getRoot().toPath().resolve("azure-stack-hub"));
        east.equip(build);
        agent = new TestAgent((host, port, timeout) -> port == 445
                ? new DirectNetwork().connect("127.0.0.1", samba.port(), timeout)
                : east.network().connect(host, port, timeout));
    }

    private void share(final String... globals) throws Exception {
        samba = Samba.start(
                folder.newFolder("smbd").toPath(),
                east.simulated.share(),
                east.simulated.world().identity().sharePassword(),
                globals);
    }

    @After
    public void stop() throws Exception {
        agent.drop();
        if (samba != null) {
            samba.close();
        }
        east.close();
    }

    private Route route() {
        final AgentNetwork network = agent.network(
                NamedPlaces.of(east.stamp, east.maintenance, new BmcSettings(Optional.empty(), true, List.of())),
                PATIENCE,
                line -> {
                    build.log.add(line);
                    if (line.startsWith("Waiting: ")) {
                        CompletableFuture.runAsync(agent::comeBack);
                    }
                });
        return Route.through("Jenkins agent '" + network.agent() + "'", network, network.forRevocationLists());
    }

    private RotateSecrets rotation() {
        final Route route = route();
        return east.rotateSecrets(route, RotateSecrets.overSmb(route, east.random));
    }

    private Map<String, Object> run(final RotateSecretsArguments arguments) throws Exception {
        return rotation().run(east.stamp, east.maintenance, arguments, build);
    }

    /** Ends the agent's channel when a line is logged, once; the first who waits for it has it back. */
    private void dropAt(final String line) {
        build.heard = logged -> {
            if (logged.startsWith(line) && dropped.compareAndSet(false, true)) {
                agent.drop();
            }
        };
    }

    @Test
    public void aRotationGoesThroughAnAgentThatLearnsNothing() throws Exception {
        share();
        final Map<String, Object> plan = run(RotatingStamp.plan("external"));
        assertThat(plan).containsEntry("state", "READY");
        assertThat(build.log).anyMatch(line -> line.contains("Jenkins agent 'near-the-stamp'"));
        build.approved.add(String.valueOf(plan.get("id")));

        assertThat(run(RotatingStamp.apply(plan.get("id")))).containsEntry("state", "COMPLETED");

        assertThat(east.starts()).hasSize(1);
        try (Stream<Path> left = Files.walk(east.simulated.share())) {
            assertThat(left.map(Path::toString).filter(name -> name.endsWith(".pfx")))
                    .isEmpty();
        }
        requireNothingToLearn(agent.seen());
    }

    private void requireNothingToLearn(final byte[] seen) {
        final Identity identity = east.simulated.world().identity();
        final String[] secrets = {
            identity.cloudAdminPassword(), identity.sharePassword(), identity.clientSecret(), RotatingStamp.SET_PASSWORD
        };
        for (final Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
            final String all = new String(seen, StandardCharsets.ISO_8859_1);
            assertThat(all).as("the control").contains("NTLMSSP");
            for (final String secret : secrets) {
                assertThat(all.contains(new String(secret.getBytes(charset), StandardCharsets.ISO_8859_1)))
                        .as(secret.substring(0, 3) + "... in " + charset)
                        .isFalse();
            }
            for (final String clear : new String[] {"Start-SecretRotation", "Bearer ", "client_secret", ".pfx"}) {
                assertThat(all.contains(new String(clear.getBytes(charset), StandardCharsets.ISO_8859_1)))
                        .as(clear + " in " + charset)
                        .isFalse();
            }
        }
    }

    @Test
    public void anAgentThatDropsIsWaitedForInEveryPhase() throws Exception {
        share();
        for (final String phase : List.of("[gate]", "[stage]", "[start]", "[follow]", "[verify]")) {
            final int before = east.starts().size();
            build.next();
            build.log.clear();
            build.heard = line -> {};
            east.renew(build);
            final Map<String, Object> plan = run(RotatingStamp.plan("external"));
            assertThat(plan).as(phase).containsEntry("state", "READY");
            build.approved.add(String.valueOf(plan.get("id")));
            dropped.set(false);
            dropAt(phase);

            final Map<String, Object> result = run(RotatingStamp.apply(plan.get("id")));

            assertThat(result).as(phase + " " + build.log).containsEntry("state", "COMPLETED");
            assertThat(dropped).as(phase).isTrue();
            assertThat(east.starts()).as(phase).hasSize(before + 1);
            assertThat(build.log).as(phase).anyMatch(line -> line.startsWith("Waiting: agent 'near-the-stamp'"));
        }
    }

    @Test
    public void aShareThatDoesNotEncryptIsNotUsedThroughAnAgent() throws Exception {
        share("server smb encrypt = off");
        final Map<String, Object> plan = run(RotatingStamp.plan("external"));
        build.approved.add(String.valueOf(plan.get("id")));

        assertThatThrownBy(() -> run(RotatingStamp.apply(plan.get("id"))))
                .hasMessageContaining("through an agent, nothing travels unencrypted");

        assertThat(east.starts()).isEmpty();
        assertThat(new String(agent.seen(), StandardCharsets.UTF_16LE)).doesNotContain(".pfx");
    }

    @Test
    public void aCheckSeesThroughAnAgentWhatItSeesFromHere() throws Exception {
        final CheckExpiry direct = check(Route.direct(east.network()));
        final CheckExpiry through = check(route());

        final Map<String, Object> expected = check(direct);
        build.next();
        final Map<String, Object> seen = check(through);

        assertThat(seen.get("severity")).isEqualTo(expected.get("severity"));
        assertThat(seen.get("counts")).isEqualTo(expected.get("counts"));
        assertThat(((List<?>) seen.get("findings"))).hasSameSizeAs((List<?>) expected.get("findings"));
        assertThat(build.log).noneMatch(line -> line.contains("is no place that"));
    }

    @Test
    public void aCheckWhoseAgentIsAwaySaysSoOfEverything() throws Exception {
        final Route route = route();
        agent.drop();
        final Map<String, Object> seen = new CheckExpiry(
                        route.network()::connect, east.simulated.world().time().clock(), new SecureRandom())
                .run(east.stamp, east.maintenance, CheckExpiryArguments.defaults(), build);
        assertThat(build.log)
                .anyMatch(line -> line.contains("agent 'near-the-stamp' is not connected, and no other way is taken"))
                .noneMatch(line -> line.matches(".*looked at: endpoints.*ends \\d{4}.*"));
        assertThat(seen).containsEntry("severity", "WARNING");
        assertThat(east.simulated.ledger().calls(Ledger.Service.CMDLET)).isEmpty();
    }

    private CheckExpiry check(final Route route) {
        return new CheckExpiry(route.network(), east.simulated.world().time().clock(), new SecureRandom());
    }

    private Map<String, Object> check(final CheckExpiry check) throws Exception {
        return check.run(east.stamp, east.maintenance, CheckExpiryArguments.defaults(), build);
    }
}
