package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.peer.Samba;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.world.ActionPlan;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.wiring.ConnectionTrial.What;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What an administrator tries from the configuration page, against a whole stamp and a real file server. */
public class ConnectionTrialTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private MaintenanceBuild page;

    @Before
    public void page() {
        page = new MaintenanceBuild(folder.getRoot().toPath().resolve("azure-stack-hub"));
    }

    @Test
    public void thePrivilegedEndpointAndResourceManagerAnswerAndNothingIsChanged() throws Exception {
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.AAD)) {
            east.equip(page);

            assertThat(test(east).of(What.PRIVILEGED_ENDPOINT))
                    .startsWith("A session was opened, and the stamp answered: ");
            assertThat(test(east).of(What.RESOURCE_MANAGER)).contains("it names 3 privileged endpoints");
            assertThat(east.starts()).isEmpty();
        }
    }

    @Test
    public void aRefusedPasswordIsSentOnceHoweverOftenItIsTried() throws Exception {
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.AAD)) {
            east.equip(page);
            page.passwords.put("cloud-admin", "not the password");

            assertThatThrownBy(() -> test(east).of(What.PRIVILEGED_ENDPOINT)).isInstanceOf(NotSeenException.class);
            final int connections = east.toPrivilegedEndpoints.get();
            assertThatThrownBy(() -> test(east).of(What.PRIVILEGED_ENDPOINT))
                    .isInstanceOf(NotSeenException.class)
                    .hasMessageContaining("refused");
            assertThat(east.toPrivilegedEndpoints).hasValue(connections);
        }
    }

    @Test
    public void whatIsNotFilledInIsSaidBeforeAnythingIsSent() throws Exception {
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.AAD)) {
            east.maintenance = new Maintenance(
                    List.of(),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    Set.of());
            for (final What what : What.values()) {
                assertThatThrownBy(() -> test(east).of(what))
                        .as(what.name())
                        .isInstanceOf(NotSeenException.class)
                        .hasMessageContaining("is missing");
            }
        }
    }

    @Test
    public void whichBmcsAreSilentIsSaidAndNobodyLogsIn() throws Exception {
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.AAD)) {
            east.equip(page);

            String words;
            try {
                words = test(east).of(What.BMC);
            } catch (NotSeenException e) {
                words = e.getMessage();
            }
            assertThat(words).containsPattern("All \\d+ BMCs answer|of \\d+ BMCs do not answer on port 443");
        }
    }

    @Test
    public void whetherARotationRunsIsAskedOfTheStampItself() throws Exception {
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.AAD)) {
            east.equip(page);
            final StampQuestion question = StampQuestion.of(
                    east.network(),
                    east.simulated.world().time().clock(),
                    east.random,
                    east.stamp,
                    east.maintenance,
                    page);
            assertThat(question.ask().word()).isEqualTo(StampQuestion.Word.NOT_RUNNING);

            final Map<String, Object> plan = east.run(page, RotatingStamp.plan("external"));
            page.approved.add(String.valueOf(plan.get("id")));
            final List<StampQuestion.Word> during = new CopyOnWriteArrayList<>();
            page.heard = line -> {
                if (line.contains("The stamp runs it as action plan") && during.isEmpty()) {
                    during.add(ask(question));
                }
            };
            east.run(page, RotatingStamp.apply(plan.get("id")));
            assertThat(during).containsExactly(StampQuestion.Word.RUNNING);
            assertThat(question.ask().word()).isEqualTo(StampQuestion.Word.NOT_RUNNING);

            page.passwords.put("cloud-admin", "not the password");
            assertThat(question.ask().word()).isEqualTo(StampQuestion.Word.UNKNOWN);
        }
    }

    @Test
    public void whetherANewBmcPasswordIsBeingSetIsAskedToo() throws Exception {
        try (BmcStamp east = new BmcStamp("1.2501.1.47", Flavour.IDRAC_9)) {
            east.equip(page);
            final StampQuestion question = StampQuestion.of(
                    east.simulated.network(), east.clock(), new SecureRandom(), east.stamp, east.maintenance, page);
            assertThat(question.ask().word()).isEqualTo(StampQuestion.Word.NOT_RUNNING);

            east.simulated
                    .world()
                    .actionPlans()
                    .start(new ActionPlan(
                            UUID.randomUUID(),
                            "Set-BmcCredential",
                            "A type that nothing follows",
                            "somebody",
                            east.clock().instant(),
                            List.of(new ActionPlan.Step("1.1", "Node", "Change it.", Duration.ofDays(30))),
                            Optional.empty(),
                            Optional.empty()));

            assertThat(question.ask())
                    .matches(answer -> answer.word() == StampQuestion.Word.RUNNING, "it runs")
                    .extracting(StampQuestion.Answer::words, InstanceOfAssertFactories.STRING)
                    .startsWith("change of the BMC credential: ");
        }
    }

    private static StampQuestion.Word ask(final StampQuestion question) {
        try {
            return question.ask().word();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    public void theShareIsOpenedAndItsRefusalRemembered() throws Exception {
        final Path served = folder.newFolder("served").toPath();
        Files.createDirectory(served.resolve("Certificates"));
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.AAD);
                Samba samba = Samba.start(folder.newFolder("smbd").toPath(), served, "Share-Canary 1")) {
            RotatingStamp.account(page, "share", Samba.USER, "Share-Canary 1");
            final ConnectionTrial right = overSmb(east, samba);
            assertThat(right.of(What.SHARE))
                    .startsWith("The share was opened (SMB")
                    .contains("nothing lies there");

            RotatingStamp.account(page, "share", Samba.USER, "wrong");
            assertThatThrownBy(() -> overSmb(east, samba).of(What.SHARE)).isInstanceOf(NotSeenException.class);
            assertThatThrownBy(() -> overSmb(east, samba).of(What.SHARE))
                    .isInstanceOf(NotSeenException.class)
                    .hasMessageContaining("with this very password before; nothing was sent");
            assertThat(Files.list(served.resolve("Certificates"))).isEmpty();
        }
    }

    private ConnectionTrial test(final RotatingStamp east) {
        return new ConnectionTrial(
                east.network(), east.simulated.world().time().clock(), east.random, east.stamp, east.maintenance, page);
    }

    private ConnectionTrial overSmb(final RotatingStamp east, final Samba samba) {
        return new ConnectionTrial(
                (host, port, timeout) -> new DirectNetwork().connect("127.0.0.1", samba.port(), timeout),
                east.simulated.world().time().clock(),
                east.random,
                east.stamp,
                east.maintenance,
                page);
    }
}
