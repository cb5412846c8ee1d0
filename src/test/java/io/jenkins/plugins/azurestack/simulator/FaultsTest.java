package io.jenkins.plugins.azurestack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.azurestack.powershell.RemotingException;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineFailedException;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePool;
import io.jenkins.plugins.azurestack.powershell.psrp.StartUnknownException;
import io.jenkins.plugins.azurestack.powershell.wsman.LogonRefusedException;
import io.jenkins.plugins.azurestack.powershell.wsman.OutcomeUnknownException;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** Every fault, at the occasions that it says it has, on a whole stamp that was told of it as it was started. */
@RunWith(Parameterized.class)
public class FaultsTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String NEW = "Another1Bmc";
    private static final Stamp EAST = new Stamp(
            "east",
            "east",
            "azurestack.contoso.com",
            IdentityProvider.AAD,
            Set.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Set.of());

    @Rule
    public final Timeout limit = Timeout.seconds(120);

    private static SimulatedStamp first;

    private final Row row;

    public FaultsTest(final String name, final Row row) {
        this.row = row;
    }

    @BeforeClass
    public static void makeKeys() throws IOException {
        first = SimulatedStamp.of(EAST).nodes(List.of(Flavour.IDRAC_9)).start();
        first.close();
    }

    private interface Strike {
        void on(SimulatedStamp stamp, StampVisitor visitor) throws Exception;
    }

    private record Row(Fault fault, Moment moment, String text, int factor, Strike strike) {}

    private static Row row(final String text, final Moment moment, final Strike strike) {
        return new Row(Fault.of(text.replaceFirst("@.*", "")), moment, text, 1, strike);
    }

    /** On a stamp where a rotation takes half a second. */
    private static Row quick(final String text, final Moment moment, final Strike strike) {
        return new Row(Fault.of(text.replaceFirst("@.*", "")), moment, text, 7200, strike);
    }

    @Parameters(name = "{0}")
    public static List<Object[]> rows() {
        final List<Object[]> all = new ArrayList<>();
        final List<Row> rows = Stream.of(wire(), rotations(), controllers(), managers(), stamps())
                .flatMap(List::stream)
                .toList();
        assertThat(rows.stream().map(Row::fault).distinct())
                .as("a row for each")
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(Fault.values()));
        rows.forEach(row -> all.add(new Object[] {row.text, row}));
        return all;
    }

    private SimulatedStampBuilder stamp() throws IOException {
        return SimulatedStamp.of(EAST)
                .nodes(List.of(Flavour.IDRAC_9))
                .state(StampVisitor.withKeysOf(first))
                .timeFactor(row.factor);
    }

    @Test
    public void strikes() throws Exception {
        try (SimulatedStamp stamp = stamp().fault(row.fault, row.moment).start()) {
            row.strike.on(stamp, new StampVisitor(stamp));
        }
    }

    @Test
    public void isTheSameAsItIsWritten() {
        final String when = row.text.contains("@") ? row.text.replaceFirst("^[^@]*@", "") : "always";
        assertThat(Moment.parse(when)).isEqualTo(row.moment);
    }

    private static List<Row> wire() {
        return List.of(
                quick("session-drop@Command", Moment.at("Command"), (stamp, visitor) -> {
                    final RunspacePool pool = visitor.session(0);
                    assertThatThrownBy(() -> ask(pool)).isInstanceOf(RemotingException.class);
                    pool.close();
                    try (RunspacePool again = visitor.session(0)) {
                        ask(again);
                    }
                }),
                quick("answer-lost@Start-SecretRotation", Moment.at("Start-SecretRotation"), (stamp, visitor) -> {
                    try (RunspacePool pool = visitor.session(0)) {
                        assertThatThrownBy(() -> pool.command("Start-SecretRotation")
                                        .withSwitch("Internal")
                                        .run(LIMIT))
                                .isInstanceOf(StartUnknownException.class);
                    }
                    while (stamp.world().actionPlans().all().isEmpty()) {
                        Thread.onSpinWait();
                    }
                }),
                row("answer-lost@PATCH", Moment.at("PATCH"), (stamp, visitor) -> {
                    assertThatThrownBy(() -> visitor.changeBmc("node01", old(stamp), NEW))
                            .isInstanceOf(IOException.class);
                    assertThat(visitor.bmcStatus("node01", NEW)).isEqualTo(200);
                }),
                row("answer-lost@createBackup", Moment.at("createBackup"), (stamp, visitor) -> {
                    assertThatThrownBy(() -> visitor.admin(
                                    "POST",
                                    "Microsoft.Backup.Admin",
                                    "backupLocations/east/createBackup?api-version=2018-09-01"))
                            .isInstanceOf(IOException.class);
                    assertThat(stamp.ledger().calls(Ledger.Service.RESOURCE_MANAGER).stream()
                                    .filter(call -> call.action().endsWith("createBackup")))
                            .singleElement()
                            .matches(Ledger.Call::isDone);
                }),
                row("reset@10.30.0.227", Moment.at("10.30.0.227"), (stamp, visitor) -> {
                    visitor.session(1).close();
                    assertThatThrownBy(() -> visitor.session(2)).isInstanceOf(OutcomeUnknownException.class);
                    visitor.session(2).close();
                }),
                row("reset@node01", Moment.at("node01"), (stamp, visitor) -> {
                    assertThatThrownBy(() -> visitor.bmcStatus("node01", old(stamp)))
                            .isInstanceOf(IOException.class);
                    assertThat(visitor.bmcStatus("node01", old(stamp))).isEqualTo(200);
                }),
                row("reset@endpointsx2", Moment.at("endpoints").times(2), (stamp, visitor) -> {
                    assertThatThrownBy(visitor::metadata).isInstanceOf(IOException.class);
                    assertThatThrownBy(visitor::metadata).isInstanceOf(IOException.class);
                    assertThat(visitor.metadata().status()).isEqualTo(200);
                }),
                row("truncated@Create", Moment.at("Create"), (stamp, visitor) -> {
                    assertThatThrownBy(() -> visitor.session(0)).isInstanceOf(OutcomeUnknownException.class);
                    visitor.session(0).close();
                }),
                row("truncated@node01", Moment.at("node01"), (stamp, visitor) -> {
                    assertThatThrownBy(() -> visitor.bmcStatus("node01", old(stamp)))
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining("Cut");
                    assertThat(visitor.bmcStatus("node01", old(stamp))).isEqualTo(200);
                }),
                row("truncated@token", Moment.at("token"), (stamp, visitor) -> {
                    assertThatThrownBy(visitor::askToken)
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining("Cut");
                    assertThat(visitor.askToken().status()).isEqualTo(200);
                }),
                row("slow-drip@node01", Moment.at("node01"), (stamp, visitor) -> {
                    assertThat(visitor.bmc("node01", old(stamp), "GET", StampVisitor.ACCOUNT)
                                    .pieces())
                            .isGreaterThan(10);
                    assertThat(visitor.bmc("node01", old(stamp), "GET", StampVisitor.ACCOUNT)
                                    .pieces())
                            .isLessThan(10);
                }),
                row("slow-drip@endpoints", Moment.at("endpoints"), (stamp, visitor) -> assertThat(
                                visitor.metadata().pieces())
                        .isGreaterThan(10)),
                row("endpoint-down@10.30.0.226", Moment.at("10.30.0.226"), (stamp, visitor) -> {
                    assertThatThrownBy(() -> visitor.session(1)).isInstanceOf(RemotingException.class);
                    visitor.session(0).close();
                    visitor.session(1).close();
                }),
                row("endpoint-down@node01#2", Moment.at("node01").from(2), (stamp, visitor) -> {
                    assertThat(visitor.bmcStatus("node01", old(stamp))).isEqualTo(200);
                    assertThatThrownBy(() -> visitor.bmcStatus("node01", old(stamp)))
                            .isInstanceOf(ConnectException.class);
                    assertThat(visitor.bmcStatus("node01", old(stamp))).isEqualTo(200);
                }),
                row(
                        "endpoint-down@adminmanagementx2",
                        Moment.at("adminmanagement").times(2),
                        (stamp, visitor) -> {
                            assertThatThrownBy(visitor::metadata).isInstanceOf(ConnectException.class);
                            assertThatThrownBy(visitor::metadata).isInstanceOf(ConnectException.class);
                            assertThat(visitor.metadata().status()).isEqualTo(200);
                        }),
                row("endpoint-down@login", Moment.at("login"), (stamp, visitor) -> {
                    assertThatThrownBy(visitor::askToken).isInstanceOf(ConnectException.class);
                    assertThat(visitor.askToken().status()).isEqualTo(200);
                }));
    }

    private static List<Row> rotations() {
        return List.of(
                quick("action-plan-fails@1.4", Moment.at("1.4"), (stamp, visitor) -> {
                    visitor.stage(700);
                    try (RunspacePool pool = visitor.session(0)) {
                        assertThat(refusal(() -> visitor.rotation(pool).run(LIMIT)))
                                .contains("1.4 Update storage certificates");
                        assertThat(refusal(() -> visitor.rotation(pool).run(LIMIT)))
                                .contains("ReRun");
                        assertThat(refusal(() -> rerun(pool))).contains("password");
                        final var set = visitor.stage(701);
                        rerun(pool);
                        set.forEach((folder, issued) ->
                                assertThat(stamp.served(folder).leaf()).isEqualTo(issued.leaf()));
                    }
                }),
                quick("foreign-rotation-running", Moment.ALWAYS, (stamp, visitor) -> {
                    visitor.stage(700);
                    try (RunspacePool pool = visitor.session(0)) {
                        assertThat(refusal(() -> visitor.rotation(pool).run(LIMIT)))
                                .contains("Wait until it has finished");
                    }
                }),
                quick("foreign-rotation-failed", Moment.ALWAYS, (stamp, visitor) -> {
                    visitor.stage(700);
                    try (RunspacePool pool = visitor.session(0)) {
                        assertThat(refusal(() -> visitor.rotation(pool).run(LIMIT)))
                                .contains("has failed", "ReRun");
                        assertThat(status(pool)).isEqualTo("Failed");
                    }
                }),
                quick("wrong-layout@Start-SecretRotation", Moment.at("Start-SecretRotation"), (stamp, visitor) -> {
                    visitor.stage(700);
                    try (RunspacePool pool = visitor.session(0)) {
                        assertThat(refusal(() -> visitor.rotation(pool).run(LIMIT)))
                                .isNotEmpty();
                        visitor.rotation(pool).run(LIMIT);
                    }
                }),
                quick("wrong-pfx-password", Moment.ALWAYS, (stamp, visitor) -> {
                    visitor.stage(700);
                    try (RunspacePool pool = visitor.session(0)) {
                        assertThat(refusal(() -> visitor.rotation(pool).run(LIMIT)))
                                .contains("password");
                    }
                }),
                quick("exclusive-operation", Moment.ALWAYS, (stamp, visitor) -> {
                    visitor.stage(700);
                    try (RunspacePool pool = visitor.session(0)) {
                        assertThat(refusal(() -> visitor.rotation(pool).run(LIMIT)))
                                .contains("RepairNode");
                    }
                    assertThat(visitor.location()
                                    .path("exclusiveAdminOperationRunning")
                                    .asBoolean())
                            .isTrue();
                }),
                quick("update-running", Moment.ALWAYS, (stamp, visitor) -> {
                    visitor.stage(700);
                    try (RunspacePool pool = visitor.session(0)) {
                        assertThat(refusal(() -> visitor.rotation(pool).run(LIMIT)))
                                .contains("update");
                    }
                    assertThat(visitor.location()
                                    .path("exclusiveAdminOperationName")
                                    .asText())
                            .isEqualTo("MasUpdate");
                }),
                quick(
                        "readiness-false@SecretRotationReadiness",
                        Moment.at("SecretRotationReadiness"),
                        (stamp, visitor) -> {
                            try (RunspacePool pool = visitor.session(0)) {
                                assertThat(isReady(pool)).isFalse();
                                assertThat(isReady(pool)).isTrue();
                            }
                        }),
                quick(
                        "readiness-warning@SecretRotationReadiness",
                        Moment.at("SecretRotationReadiness"),
                        (stamp, visitor) -> {
                            try (RunspacePool pool = visitor.session(0)) {
                                assertThat(pool.command("Test-AzureStack")
                                                .parameter("Group", "SecretRotationReadiness")
                                                .withSwitch("DetailedResults")
                                                .run(LIMIT)
                                                .output()
                                                .get(0)
                                                .property("Details")
                                                .asString())
                                        .isEqualTo("A role instance needs attention.");
                                assertThat(isReady(pool)).isTrue();
                            }
                        }),
                quick("share-read-only", Moment.ALWAYS, (stamp, visitor) -> {
                    visitor.stage(700);
                    try (RunspacePool pool = visitor.session(0)) {
                        assertThat(refusal(() -> visitor.rotation(pool).run(LIMIT)))
                                .contains("is denied");
                    }
                }),
                quick("share-full@Start-SecretRotation", Moment.at("Start-SecretRotation"), (stamp, visitor) -> {
                    visitor.stage(700);
                    try (RunspacePool pool = visitor.session(0)) {
                        assertThat(refusal(() -> visitor.rotation(pool).run(LIMIT)))
                                .contains("There is not enough space on the disk.");
                        assertThat(status(pool)).isEqualTo("Failed");
                    }
                }),
                quick("share-foreign-files@open", Moment.at("open"), (stamp, visitor) -> {
                    visitor.stage(700);
                    try (RunspacePool pool = visitor.session(0)) {
                        assertThat(refusal(() -> visitor.rotation(pool).run(LIMIT)))
                                .contains("Cannot bind argument to parameter 'Path'");
                    }
                    assertThat(stamp.share().resolve("Certificates/notes.txt")).exists();
                }));
    }

    private static List<Row> controllers() {
        return List.of(
                row("bmc-refuses@node01", Moment.at("node01"), (stamp, visitor) -> {
                    assertThat(visitor.changeBmc("node01", old(stamp), NEW).status())
                            .isEqualTo(400);
                    assertThat(visitor.bmcStatus("node01", old(stamp))).isEqualTo(200);
                    assertThat(visitor.changeBmc("node01", old(stamp), NEW).status())
                            .isEqualTo(200);
                }),
                row("bmc-locks@node01", Moment.at("node01"), (stamp, visitor) -> {
                    assertThat(visitor.bmcStatus("node01", old(stamp))).isEqualTo(401);
                    assertThat(visitor.bmcStatus("node01", old(stamp))).isEqualTo(401);
                    stamp.world().time().advance(Duration.ofDays(1));
                    assertThat(visitor.bmcStatus("node01", old(stamp))).isEqualTo(200);
                }),
                row("etag-mismatch@node01", Moment.at("node01"), (stamp, visitor) -> {
                    final String body = "{\"Password\":\"" + NEW + "\"}";
                    final String first = etag(stamp, visitor);
                    assertThat(visitor.bmc("node01", old(stamp), "PATCH", StampVisitor.ACCOUNT, body, "If-Match", first)
                                    .status())
                            .isEqualTo(412);
                    final String second = etag(stamp, visitor);
                    assertThat(visitor.bmc(
                                            "node01",
                                            old(stamp),
                                            "PATCH",
                                            StampVisitor.ACCOUNT,
                                            body,
                                            "If-Match",
                                            second)
                                    .status())
                            .isEqualTo(200);
                }));
    }

    private static List<Row> managers() {
        return List.of(
                row("token-expired@east", Moment.at("east"), (stamp, visitor) -> {
                    final StampVisitor.Answer answer = east(visitor);
                    assertThat(answer.status()).isEqualTo(401);
                    assertThat(answer.body()).contains("ExpiredAuthenticationToken");
                    assertThat(east(visitor).status()).isEqualTo(200);
                }),
                row("throttled@eastx2", Moment.at("east").times(2), (stamp, visitor) -> {
                    for (int i = 0; i < 2; i++) {
                        final StampVisitor.Answer answer = east(visitor);
                        assertThat(answer.status()).isEqualTo(429);
                        assertThat(answer.headers()).containsKey("retry-after");
                    }
                    assertThat(east(visitor).status()).isEqualTo(200);
                }));
    }

    private static List<Row> stamps() {
        return List.of(
                row("clock-skew@Logon", Moment.at("Logon"), (stamp, visitor) -> {
                    assertThatThrownBy(() -> visitor.session(0)).isInstanceOf(LogonRefusedException.class);
                    visitor.session(0).close();
                }),
                row("clock-skew@token", Moment.at("token"), (stamp, visitor) -> {
                    final Instant said = date(visitor.askToken());
                    assertThat(Duration.between(date(visitor.metadata()), said)).isGreaterThan(Duration.ofMinutes(50));
                }),
                quick("everything-expired", Moment.ALWAYS, (stamp, visitor) -> {
                    for (final CertificateFolder folder : EAST.folders()) {
                        assertThat(stamp.served(folder).leaf().getNotAfter().toInstant())
                                .as(folder.folderName())
                                .isBefore(stamp.world().time().now());
                    }
                    assertThat(stamp.world().internalSecrets().all())
                            .isNotEmpty()
                            .allSatisfy(secret -> assertThat(secret.ends())
                                    .isBefore(stamp.world().time().now()));
                    assertThatThrownBy(visitor::metadata).isInstanceOf(ConnectException.class);
                    visitor.stage(700);
                    try (RunspacePool pool = visitor.session(0)) {
                        visitor.rotation(pool).run(LIMIT);
                    }
                    assertThat(visitor.metadata().status()).isEqualTo(200);
                    assertThat(visitor.alerts())
                            .anyMatch(title -> title.equals("Pending internal certificate expiration"));
                }));
    }

    private static String old(final SimulatedStamp stamp) {
        return stamp.world().identity().bmcPassword();
    }

    private static String etag(final SimulatedStamp stamp, final StampVisitor visitor) throws IOException {
        return visitor.bmc("node01", old(stamp), "GET", StampVisitor.ACCOUNT)
                .headers()
                .get("etag");
    }

    private static StampVisitor.Answer east(final StampVisitor visitor) throws IOException {
        return visitor.admin("GET", "Microsoft.Fabric.Admin", "fabricLocations/east?api-version=2018-10-01");
    }

    private static Instant date(final StampVisitor.Answer answer) {
        return ZonedDateTime.parse(answer.headers().get("date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
    }

    private static List<PsValue> ask(final RunspacePool pool) throws Exception {
        return pool.command("Get-AzureStackStampInformation").run(LIMIT).output();
    }

    private static boolean isReady(final RunspacePool pool) throws Exception {
        final List<PsValue> output = pool.command("Test-AzureStack")
                .parameter("Group", "SecretRotationReadiness")
                .run(LIMIT)
                .output();
        return output.get(output.size() - 1).asBoolean();
    }

    private static String status(final RunspacePool pool) throws Exception {
        return pool.command("Get-ActionStatus")
                .argument("Start-SecretRotation")
                .run(LIMIT)
                .output()
                .get(0)
                .property("Status")
                .asString();
    }

    private static void rerun(final RunspacePool pool) throws Exception {
        pool.command("Start-SecretRotation").withSwitch("ReRun").run(LIMIT);
    }

    private interface Call {
        void run() throws Exception;
    }

    private static String refusal(final Call call) {
        return catchThrowableOfType(PipelineFailedException.class, call::run)
                .error()
                .message();
    }
}
