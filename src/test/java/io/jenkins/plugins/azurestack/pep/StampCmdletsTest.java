package io.jenkins.plugins.azurestack.pep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

/** The typed cmdlets against simulated stamps of each generation. */
public class StampCmdletsTest {
    private static final double HASTE = 4000;
    private static final Duration PATIENCE = Duration.ofDays(10);

    private static SimulatedStamp stamp(final String version) throws IOException {
        return SimulatedStamp.of(new Stamp(
                        "east",
                        "east",
                        "azurestack.contoso.com",
                        IdentityProvider.AAD,
                        Set.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of()))
                .version(version)
                .timeFactor(HASTE)
                .start();
    }

    private static StampCmdlets cmdlets(final SimulatedStamp stamp, final String password) {
        return new StampCmdlets(new PrivilegedEndpoints(
                World.PRIVILEGED_ENDPOINTS,
                Optional.empty(),
                new PasswordCredentials("AZURESTACK\\CloudAdmin", password.toCharArray()),
                Logons.FORGETFUL,
                stamp.network(),
                stamp.world().time().clock(),
                new SecureRandom()));
    }

    private static StampCmdlets cmdlets(final SimulatedStamp stamp) {
        return cmdlets(stamp, stamp.world().identity().cloudAdminPassword());
    }

    /** Lets the stamp's time pass with each step that it hears of: an internal rotation takes most of a day. */
    private record Hurrying(SimulatedStamp stamp, Duration step) implements ActionListener {
        Hurrying(final SimulatedStamp stamp) {
            this(stamp, Duration.ofHours(7));
        }

        @Override
        public void starting(final Map<String, String> session) {
            assertThat(session).containsKey("address");
        }

        @Override
        public void began(final String instance) {
            assertThat(instance).isLowerCase();
        }

        @Override
        public void said(final String line) {
            assertThat(line).isNotBlank();
        }

        @Override
        public void step(final String name, final String status) {
            stamp.world().time().advance(step);
        }
    }

    @Test
    public void everyGenerationIsReadAndRotated() throws Exception {
        for (final String version : List.of("1.1811.0.101", "1.1910.0.58", "1.2108.2.81", "1.2501.1.47")) {
            try (SimulatedStamp stamp = stamp(version)) {
                final StampCmdlets cmdlets = cmdlets(stamp);
                final StampInformation facts = cmdlets.stampInformation();
                assertThat(facts.version()).isEqualTo(version);
                assertThat(facts.privilegedEndpoints()).isEqualTo(World.PRIVILEGED_ENDPOINTS);
                assertThat(facts.rootEnds().isPresent()).as(version).isEqualTo(version.compareTo("1.2108") >= 0);
                assertThat(cmdlets.latestRotation()).as(version).isEmpty();
                assertThat(cmdlets.isUpdating()).as(version).isFalse();
                assertThat(cmdlets.testGroup("SecretRotationReadiness").passed())
                        .as(version)
                        .isTrue();
                stamp.world().faults().arm("readiness-false@always");
                final TestReport failed = cmdlets.testGroup("SecretRotationReadiness");
                assertThat(failed.passed()).as(version).isFalse();
                assertThat(failed.lines()).as(version).anyMatch(line -> line.contains("FAIL"));

                final ActionReport report =
                        cmdlets.startSecretRotation(Optional.empty(), true, false, PATIENCE, new Hurrying(stamp));
                assertThat(report.status()).as(version).isEqualTo(ActionReport.Status.COMPLETED);
                final ActionReport latest = cmdlets.latestRotation().orElseThrow();
                assertThat(latest.status()).as(version).isEqualTo(ActionReport.Status.COMPLETED);
                assertThat(latest.instance())
                        .as(version)
                        .isEqualTo(report.instance())
                        .isPresent();
                assertThat(latest.started()).as(version).isPresent();
            }
        }
    }

    @Test
    public void readingIsTriedElsewhereAndALogonIsNot() throws Exception {
        try (SimulatedStamp stamp = stamp("1.2501.1.47")) {
            stamp.world().faults().arm("endpoint-down@10.30.0.225x1000000");
            stamp.world().faults().arm("session-drop@Get-AzureStackUpdateStatus");
            assertThat(cmdlets(stamp).isUpdating()).isFalse();
            assertThat(stamp.ledger().calls(Ledger.Service.WSMAN))
                    .extracting(Ledger.Call::host)
                    .contains("10.30.0.226", "10.30.0.227")
                    .doesNotContain("10.30.0.225");

            final int before = stamp.ledger().calls(Ledger.Service.WSMAN).size();
            final StampCmdlets wrong = cmdlets(stamp, "Wrong-Password-1");
            assertThatThrownBy(wrong::isUpdating).isInstanceOf(PrivilegedEndpointException.LogonRefused.class);
            final List<Ledger.Call> logons = stamp.ledger().calls(Ledger.Service.WSMAN);
            assertThat(logons.subList(before, logons.size()))
                    .isNotEmpty()
                    .extracting(Ledger.Call::host)
                    .containsOnly("10.30.0.226");
        }
    }

    @Test
    public void aCallWhoseAnswerIsLostIsOfUnknownOutcomeAndSentOnce() throws Exception {
        for (final String fault :
                List.of("answer-lost@Start-SecretRotation", "session-drop@Start-SecretRotation", "reset@Command")) {
            try (SimulatedStamp stamp = stamp("1.2501.1.47")) {
                final StampCmdlets cmdlets = cmdlets(stamp);
                stamp.world().faults().arm(fault);
                assertThatThrownBy(() -> cmdlets.startSecretRotation(
                                Optional.empty(), true, false, PATIENCE, new Hurrying(stamp)))
                        .as(fault)
                        .isInstanceOf(PrivilegedEndpointException.OutcomeUnknown.class);
                assertThat(stamp.ledger().calls(Ledger.Service.CMDLET, "Start-SecretRotation"))
                        .as(fault)
                        .hasSizeLessThanOrEqualTo(1);
                assertThat(stamp.ledger().calls(Ledger.Service.WSMAN, "Command"))
                        .as(fault)
                        .hasSize(1);
            }
        }
    }

    @Test
    public void aCallThatOutlastsPatienceIsLeftToItself() throws Exception {
        try (SimulatedStamp stamp = stamp("1.2501.1.47")) {
            final StampCmdlets cmdlets = cmdlets(stamp);

            assertThatThrownBy(() -> cmdlets.startSecretRotation(
                            Optional.empty(), true, false, Duration.ofMinutes(30), new Hurrying(stamp, Duration.ZERO)))
                    .isInstanceOf(PrivilegedEndpointException.OutcomeUnknown.class)
                    .hasMessageContaining("the time for waiting is over");

            assertThat(stamp.ledger().calls(Ledger.Service.WSMAN, "Signal")).isEmpty();
            assertThat(stamp.ledger().calls(Ledger.Service.WSMAN, "Delete")).isEmpty();
            assertThat(cmdlets.latestRotation().orElseThrow().status()).isEqualTo(ActionReport.Status.RUNNING);
        }
    }

    @Test
    public void aCallIsNotSentWhereItCanNotBeWrittenDown() throws Exception {
        try (SimulatedStamp stamp = stamp("1.2501.1.47")) {
            final ActionListener full = new ActionListener() {
                @Override
                public void starting(final Map<String, String> session) throws IOException {
                    throw new IOException("No space left on device");
                }

                @Override
                public void began(final String instance) {
                    throw new AssertionError(instance);
                }

                @Override
                public void said(final String line) {
                    throw new AssertionError(line);
                }

                @Override
                public void step(final String name, final String status) {
                    throw new AssertionError(name);
                }
            };
            final StampCmdlets cmdlets = cmdlets(stamp);
            assertThatThrownBy(() -> cmdlets.startSecretRotation(Optional.empty(), true, false, PATIENCE, full))
                    .isInstanceOf(PrivilegedEndpointException.Unreachable.class)
                    .hasMessageContaining("No space left");
            assertThat(stamp.ledger().calls(Ledger.Service.CMDLET)).isEmpty();
            assertThat(cmdlets.latestRotation()).isEmpty();
        }
    }
}
