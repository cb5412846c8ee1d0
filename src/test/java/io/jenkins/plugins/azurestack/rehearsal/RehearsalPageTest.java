package io.jenkins.plugins.azurestack.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.azurestack.simulator.world.Faults;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The last page of a rehearsal, and its JSON. */
public class RehearsalPageTest {
    private static final Path MAINTENANCE = Path.of("docs", "pipelines", "maintenance.Jenkinsfile");
    private static final Instant NOW = Instant.parse("2026-03-01T05:00:00Z");

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private String said = "";

    private Path out() {
        return temporary.getRoot().toPath().resolve("out");
    }

    private int rehearse(final String... arguments) {
        final List<String> all = new ArrayList<>(List.of("--out", out().toString()));
        all.addAll(Arrays.asList(arguments));
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final int status;
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            status = Main.run(out, Clock.systemUTC(), new SecureRandom(), all.toArray(String[]::new));
        }
        said = bytes.toString(StandardCharsets.UTF_8);
        return status;
    }

    private int rehearse(final List<String> options, final String... lines) throws IOException {
        final Path file = temporary.getRoot().toPath().resolve("my.Jenkinsfile");
        Files.writeString(file, String.join("\n", lines));
        final List<String> all = new ArrayList<>(options);
        all.add(file.toString());
        return rehearse(all.toArray(String[]::new));
    }

    private String page() throws IOException {
        return Files.readString(out().resolve("rehearsal.html"));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(out().resolve("rehearsal.json")));
    }

    private static List<String> texts(final JsonNode array, final String field) {
        final List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.path(field).asText()));
        return texts;
    }

    @Test
    public void theShippedMaintenancePlansHasItApprovedRotatesAndKeepsTheEvidence() throws IOException {
        assertThat(rehearse("--approver", "anna", MAINTENANCE.toString())).isEqualTo(Main.WENT_WELL);

        final JsonNode json = json();
        assertThat(json.path("result").asText()).as(said).isEqualTo("SUCCESS");
        assertThat(json.path("rehearsedOutsideJenkins").asBoolean()).isTrue();
        assertThat(json.path("file").asText()).endsWith("maintenance.Jenkinsfile");
        assertThat(stages(json))
                .containsExactly(
                        "Check before SUCCESS",
                        "Plan SUCCESS",
                        "Approve SUCCESS",
                        "Rotate external SUCCESS",
                        "Rotate internal SKIPPED",
                        "Check after SUCCESS",
                        "Declarative: Post Actions SUCCESS");
        assertThat(texts(json.path("steps"), "step"))
                .containsSubsequence(
                        "azsCheckExpiry",
                        "azsRotateSecrets",
                        "input",
                        "azsRotateSecrets",
                        "azsCheckExpiry",
                        "archiveArtifacts");
        assertThat(json.path("approvals").get(0).path("approver").asText()).isEqualTo("anna");
        assertThat(json.path("approvals").get(0).path("submitters").asText()).isEqualTo("azs-change-board");
        final List<String> files = texts(json.path("files"), "path");
        assertThat(files)
                .contains("archive/before-east.html", "archive/expiry-east.html", "archive/expiry-east.json")
                .anyMatch(file -> file.matches("archive/east-external-.*-plan[.]json"))
                .anyMatch(file -> file.matches("archive/east-external-.*-evidence[.]json"));
        assertThat(json.path("stamps")
                        .path(0)
                        .path("ledger")
                        .path("startSecretRotation")
                        .asInt())
                .isEqualTo(1);
        assertThat(json.path("stamps")
                        .path(0)
                        .path("ledger")
                        .path("failedLogons")
                        .asInt())
                .isZero();
        assertThat(page())
                .contains(
                        "Rehearsed outside Jenkins",
                        "what that does not prove",
                        "azs-change-board",
                        "anna",
                        "Start-SecretRotation was called once; no logon failed.")
                .doesNotContain("as planned??");
    }

    @Test
    public void theShippedMaintenanceRotatesInternalSecretsForItsReasonOnly() throws IOException {
        // Somebody else's files on the share close the way for the external rotation, and no other.
        assertThat(rehearse("--param", "INTERNAL=compromise", "--fault", "share-foreign-files", MAINTENANCE.toString()))
                .isEqualTo(Main.WENT_WELL);
        assertThat(stages(json())).contains("Plan UNSTABLE", "Rotate external SKIPPED", "Rotate internal SUCCESS");
        assertThat(json().path("stamps")
                        .path(0)
                        .path("ledger")
                        .path("rotations")
                        .toString())
                .contains("Internal");
        assertThat(json().path("approvals").get(0).path("message").asText()).contains("east-internal-");
    }

    @Test
    public void aRotationThatFailsStopsTheWindowWithTheStampsOwnWords() throws IOException {
        assertThat(rehearse("--fault", "action-plan-fails@1.3", MAINTENANCE.toString()))
                .isEqualTo(Main.WENT_WELL);
        assertThat(stages(json()))
                .contains("Rotate external FAILURE", "Check after SKIPPED", "Declarative: Post Actions SUCCESS");
        assertThat(json().path("stamps")
                        .path(0)
                        .path("faults")
                        .get(0)
                        .path("occasions")
                        .asInt())
                .isEqualTo(1);
        assertThat(texts(json().path("steps"), "did"))
                .as("with what to do, which stands at the end of the message")
                .anySatisfy(did -> assertThat(did)
                        .contains("NEEDS_RERUN", "Update Key Vault certificates", "rerun: true", "private keys"));
    }

    private static List<String> stages(final JsonNode json) {
        final List<String> stages = new ArrayList<>();
        json.path("stages").forEach(stage -> {
            final JsonNode path = stage.path("path");
            stages.add(path.get(path.size() - 1).asText() + " "
                    + stage.path("result").asText());
        });
        return stages;
    }

    @Test
    public void buildParametersAreGivenOnTheCommandLine() throws IOException {
        final String[] lines = {
            "pipeline { agent any",
            "  parameters {",
            "    string(name: 'A', defaultValue: 'a')",
            "    booleanParam(name: 'B', defaultValue: false)",
            "    choice(name: 'C', choices: ['one', 'two'])",
            "  }",
            "  stages { stage('x') { steps { echo \"${params.A} ${params.B ? 'yes' : 'no'} ${params.C}\" } } }",
            "}"
        };
        rehearse(List.of("--param", "A=x=y", "--param", "B=true", "--param", "C=two", "--param", "D=1"), lines);
        assertThat(said).contains("x=y yes two", "No build parameter is called 'D'");
        assertThat(rehearse(List.of(), lines)).isEqualTo(Main.WENT_WELL);
        assertThat(said).contains("a no one");
        assertThat(rehearse(List.of("--param", "C=three"), lines)).isNotEqualTo(Main.WENT_WELL);
        assertThat(said).contains("'three' is none of the choices");
        assertThat(rehearse(List.of("--param", "C"), lines)).isEqualTo(Main.NOT_RUN);
    }

    @Test
    public void argumentsOfTheRotationStepAreBoundAsPipelineBindsThem() throws IOException {
        assertThat(rehearse(
                        List.of(),
                        "azsRotateSecrets stamp: 'east', scope: 'external', plan: true,",
                        "  certificates: [[folder: 'ARM Public', credentialsId: 'nowhere']]"))
                .as(said)
                .isEqualTo(Main.WENT_WELL);
        assertThat(said).contains("nowhere");
        assertThat(rehearse(
                        List.of(),
                        "azsRotateSecrets stamp: 'east', scope: 'external', plan: true,",
                        "  certificates: [[folder: 'ARM Public', credential: 'x']]"))
                .isEqualTo(Main.WRONG);
        assertThat(said).contains("has no parameter 'credential'", "credentialsId");
        assertThat(rehearse(List.of(), "azsRotateSecrets stamp: 'east', plan: true"))
                .isEqualTo(Main.WRONG);
        assertThat(said).contains("azsRotateSecrets: scope");
        assertThat(rehearse(
                        List.of(), "azsRotateSecrets stamp: 'east', approvedPlan: 'east-external-20261126-aaaaaaaa'"))
                .isEqualTo(Main.WENT_WELL);
        assertThat(json().path("result").asText()).isEqualTo("FAILURE");
        assertThat(said).contains("there is no plan");
    }

    @Test
    public void theLastLinesOfTheConsoleNameThePage() {
        rehearse(MAINTENANCE.toString());
        final List<String> lines = said.lines().toList();
        assertThat(lines.subList(lines.size() - 4, lines.size()))
                .anyMatch(line -> line.equals("All on one page: " + out().resolve("rehearsal.html")));
        assertThat(said).contains("The simulated stamp 'east' is up");
    }

    @Test
    public void stagesStepsFilesAndResultsAreInTheirOrder() throws IOException {
        rehearse(
                List.of("--time-factor", "1"),
                "pipeline { agent any",
                "  stages {",
                "    stage('a') { steps { writeFile file: 'x <1>.txt', text: 'one\\ntwo'; unstable 'so so' } }",
                "    stage('b') { when { expression { false } }; steps { echo 'never' } }",
                "    stage('c') { stages { stage('d') { steps { error 'broke' } } } }",
                "    stage('e') { steps { echo 'never' } }",
                "  }",
                "}");

        assertThat(said).contains("exit status 0");
        final JsonNode json = json();
        assertThat(json.path("result").asText()).isEqualTo("FAILURE");
        assertThat(texts(json.path("stages"), "result"))
                .containsExactly("UNSTABLE", "SKIPPED", "FAILURE", "FAILURE", "SKIPPED");
        assertThat(json.path("stages").get(3).path("path").toString()).isEqualTo("[\"c\",\"d\"]");
        assertThat(json.path("stages").get(3).path("remark").asText()).isEqualTo("broke");
        assertThat(json.path("stages").get(1).path("remark").asText()).isEqualTo("due to when conditional");
        assertThat(texts(json.path("steps"), "step")).containsExactly("writeFile", "unstable", "error");
        assertThat(json.path("steps").get(0).path("arguments").asText())
                .isEqualTo("file: 'x <1>.txt', text: 'one two'");
        assertThat(json.path("steps").get(0).path("line").asInt()).isEqualTo(3);
        assertThat(json.path("steps").get(2).path("failed").asBoolean()).isTrue();
        assertThat(json.path("steps").get(2).path("did").asText()).isEqualTo("broke");
        assertThat(json.path("stamps").path(0).path("ledger").path("calls")).isEmpty();
        assertThat(page())
                .contains("href=\"./workspace/x%20%3C1%3E.txt\"", "No step touched it.", "FAILED", "SKIPPED")
                .doesNotContain("x <1>");
    }

    @Test
    public void faultsSayWhetherTheyStruck() throws IOException {
        assertThat(rehearse(
                        List.of("--fault", "everything-expired", "--fault", "wrong-layout@Start-SecretRotation"),
                        "azsCheckExpiry stamp: 'east', sources: ['endpoints'], failOn: 'NEVER'"))
                .isEqualTo(Main.WENT_WELL);
        final JsonNode faults = json().path("stamps").path(0).path("faults");
        assertThat(texts(faults, "fault"))
                .containsExactly("everything-expired@always", "wrong-layout@Start-SecretRotation");
        assertThat(faults.get(0).path("struck").asBoolean()).isTrue();
        assertThat(faults.get(1).path("struck").asBoolean()).isFalse();
        assertThat(page()).contains("was in force when somebody looked", "did not strike");
        assertThat(json().path("steps").get(0).path("did").asText()).startsWith("CRITICAL");
    }

    @Test
    public void theStampIsAsTheCommandLineSays() throws IOException {
        final Path ledger = temporary.getRoot().toPath().resolve("ledger.jsonl");
        assertThat(rehearse(
                        List.of(
                                "--version",
                                "1.2108.2.65",
                                "--nodes",
                                "2",
                                "--time-factor",
                                "60",
                                "--identity",
                                "ADFS",
                                "--ledger",
                                ledger.toString()),
                        "azsCheckExpiry stamp: 'east', sources: ['endpoints'], failOn: 'NEVER'"))
                .isEqualTo(Main.WENT_WELL);
        final JsonNode stamp = json().path("stamps").path(0);
        assertThat(stamp.path("version").asText()).isEqualTo("1.2108.2.65");
        assertThat(stamp.path("nodes").asInt()).isEqualTo(2);
        assertThat(stamp.path("timeFactor").asInt()).isEqualTo(60);
        assertThat(said).contains("1.2108.2.65, 13 front ends, 2 nodes, no faults; time runs 60 times as fast");
        assertThat(Files.readAllLines(ledger)).isNotEmpty().allSatisfy(line -> assertThat(
                        new ObjectMapper().readTree(line).path("service").asText())
                .isEqualTo("FRONT_END"));
    }

    @Test
    public void whatTheCommandLineGetsWrongIsSaidBeforeAnythingRuns() {
        for (final String[] wrong : List.of(
                new String[] {"--fault", "earthquake", "No fault is called 'earthquake'"},
                new String[] {"--fault", "reset@#0", "first occasion"},
                new String[] {"--version", "2108", "'2108' is no version"},
                new String[] {"--nodes", "0", "no whole number of nodes"},
                new String[] {"--time-factor", "0", "no whole number of seconds"})) {
            assertThat(rehearse(wrong[0], wrong[1], MAINTENANCE.toString())).isEqualTo(Main.NOT_RUN);
            assertThat(said).contains(wrong[2]).doesNotContain("[Pipeline]");
            assertThat(out()).doesNotExist();
        }
    }

    @Test
    public void aWrongJenkinsfileLeavesNoPageOfAnEarlierOne() throws IOException {
        rehearse(List.of(), "echo 'x'");
        assertThat(out().resolve("rehearsal.html")).exists();
        assertThat(rehearse(List.of(), "frob 'x'")).isEqualTo(Main.WRONG);
        assertThat(out().resolve("rehearsal.html")).doesNotExist();
        assertThat(out().resolve("rehearsal.json")).doesNotExist();
    }

    @Test
    public void timeRunsFastButTimeoutsCountWhatWasSlept() throws IOException {
        assertThat(rehearse(
                        List.of("--time-factor", "100000"),
                        "timeout(time: 1, unit: 'HOURS') { sleep time: 30, unit: 'MINUTES'; echo 'still there' }"))
                .isEqualTo(Main.WENT_WELL);
        assertThat(json().path("result").asText()).isEqualTo("SUCCESS");
        final Duration took = Duration.between(
                Instant.parse(json().path("began").asText()),
                Instant.parse(json().path("ended").asText()));
        assertThat(took).isGreaterThan(Duration.ofMinutes(30));
    }

    @Test
    public void thePageHasNoScriptAndAPolicyThatAllowsItsOwnStyleOnly() throws Exception {
        rehearse(List.of(), "echo '</pre><script>alert(1)</script>'", "echo 'two\\nlines <b>'");
        final String page = page();
        assertThat(page).doesNotContain("<script", "<b>", "javascript:", "http://", "https://");
        final Matcher style =
                Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(page);
        assertThat(style.find()).isTrue();
        final String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(style.group(1).getBytes(StandardCharsets.UTF_8)));
        assertThat(page).contains("content=\"default-src 'none'; style-src 'sha256-" + hash + "'");
        assertThat(page.replaceAll("(?s)<style>.*?</style>", "")).doesNotContainPattern("\\s(style|on[a-z]+)=");
    }

    @Test
    public void theLedgerIsSummedUpByServiceAndOutcome() {
        final Ledger ledger = new Ledger();
        ledger.record(new Ledger.Handshake(
                NOW, "portal", Optional.of(CertificateFolder.PUBLIC_PORTAL), Ledger.Outcome.COMPLETED, 0));
        ledger.record(call(Ledger.Service.WSMAN, "Logon", "wrong-password"));
        ledger.record(call(Ledger.Service.WSMAN, "Logon", "done"));
        ledger.record(call(Ledger.Service.WSMAN, "Receive", "done"));
        ledger.record(call(Ledger.Service.CMDLET, "Start-SecretRotation", "done"));
        ledger.record(call(Ledger.Service.ENGINE, "Start-SecretRotation", "started"));
        ledger.record(call(Ledger.Service.RESOURCE_MANAGER, "POST /t/oauth2/token", "invalid-client"));
        ledger.record(call(Ledger.Service.SHARE, "open", "The user name or password is incorrect."));
        ledger.record(
                new Ledger.Call(NOW, Ledger.Service.BMC, "node01", "", "", "GET /x", Map.of("status", "401"), "401"));

        final StampFindings findings = StampFindings.of(ledger, List.of(new Faults.Report("reset@#1", 1, true)));

        assertThat(findings.failedLogons()).isEqualTo(4);
        assertThat(findings.rotations()).hasSize(1);
        assertThat(findings.tallies())
                .contains(
                        new StampFindings.Tally("FRONT_END", "COMPLETED", 1),
                        new StampFindings.Tally("WSMAN", "done", 2),
                        new StampFindings.Tally("WSMAN", "wrong-password", 1),
                        new StampFindings.Tally("CMDLET", "done", 1));
    }

    private static Ledger.Call call(final Ledger.Service service, final String action, final String outcome) {
        return new Ledger.Call(NOW, service, "10.30.0.225", "1", "", action, Map.of("parameter", "Name"), outcome);
    }
}
