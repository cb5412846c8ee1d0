package io.jenkins.plugins.azurestack.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Whole rehearsals: console, files, result. */
public class RehearsalTest {
    private static final Path SHIPPED = Path.of("docs", "pipelines", "expiry.Jenkinsfile");

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Path folder() {
        return temporary.getRoot().toPath().resolve("rehearsal");
    }

    private Rehearsal.Outcome run(final BuildResult previous, final Jenkinsfile file) throws IOException {
        return run(previous, Duration.ofMinutes(10), file);
    }

    private Rehearsal.Outcome run(final BuildResult previous, final Duration limit, final Jenkinsfile file)
            throws IOException {
        return new Rehearsal(
                        new Rehearsal.Setting(
                                List.of(Simulation.of("east")),
                                folder(),
                                Optional.ofNullable(previous),
                                "anna",
                                Map.of(),
                                limit),
                        Clock.systemUTC(),
                        new SecureRandom(),
                        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run(file);
    }

    private Rehearsal.Outcome run(final String... lines) throws IOException {
        return run(BuildResult.SUCCESS, new Jenkinsfile("my.Jenkinsfile", String.join("\n", lines)));
    }

    /** A Declarative Pipeline with these steps in its one stage. */
    private Rehearsal.Outcome steps(final String... lines) throws IOException {
        return run(Stream.of(
                        Stream.of("pipeline { agent any; stages { stage('x') { steps {"),
                        Stream.of(lines),
                        Stream.of("} } } }"))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }

    private Rehearsal.Outcome script(final String... lines) throws IOException {
        return run(Stream.of(Stream.of("node {"), Stream.of(lines), Stream.of("}"))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }

    private static List<Mistake> mistakes(final Attempt attempt) {
        final WrongJenkinsfileException wrong = catchThrowableOfType(WrongJenkinsfileException.class, attempt::run);
        assertThat(wrong).as("the Jenkinsfile is wrong").isNotNull();
        return wrong.mistakes();
    }

    private interface Attempt {
        void run() throws IOException;
    }

    @Test
    public void branchesRunOneAfterTheOtherAndEveryOneOfThemRuns() throws Exception {
        final Rehearsal.Outcome outcome =
                script("parallel(a: { echo 'in a'; error 'a is broken' }, b: { echo 'in b' })", "echo 'never reached'");
        assertThat(outcome.result()).isEqualTo(BuildResult.FAILURE);
        assertThat(outcome.console())
                .containsSubsequence(
                        "[Pipeline] parallel",
                        "[Pipeline] { (Branch: a)",
                        "in a",
                        "Failed in branch a",
                        "[Pipeline] { (Branch: b)",
                        "in b",
                        "[Pipeline] // parallel",
                        "ERROR: a is broken")
                .doesNotContain("never reached");
    }

    @Test
    public void failFastLeavesOutTheBranchesAfterAFailure() throws Exception {
        assertThat(script("parallel(a: { error 'a is broken' }, b: { echo 'in b' }, failFast: true)")
                        .console())
                .contains("Branch 'b' is not run: another one has failed")
                .doesNotContain("in b");
    }

    @Test
    public void branchesGiveTheirResultsByName() throws Exception {
        assertThat(script(
                                "def branches = [:]",
                                "for (name in ['a', 'b']) { def own = name; branches[own] = { return \"result of ${own}\" } }",
                                "def results = parallel(branches)",
                                "echo \"${results.a}, ${results.b}\"")
                        .console())
                .contains("result of a, result of b");
    }

    @Test
    public void parallelStagesOfDeclarativeEachHaveTheirOwnResult() throws Exception {
        final Rehearsal.Outcome outcome = run(
                "pipeline { agent any; stages { stage('all') { parallel {",
                "  stage('a') { steps { error 'a is broken' } }",
                "  stage('b') { steps { echo 'in b' } }",
                "} }",
                "stage('after') { steps { echo 'never reached' } } } }");
        assertThat(outcome.result()).isEqualTo(BuildResult.FAILURE);
        assertThat(outcome.console())
                .contains("in b", "Stage \"after\" skipped due to earlier failure(s)")
                .doesNotContain("never reached");
        assertThat(Files.readString(outcome.page())).contains("all /<wbr/> a", "all /<wbr/> b");
    }

    @Test
    public void theShippedJobChecksTheStampKeepsTheEvidenceAndWritesOneMail() throws IOException {
        final Rehearsal.Outcome outcome = run(BuildResult.SUCCESS, Jenkinsfile.read(SHIPPED));

        assertThat(outcome.result()).isEqualTo(BuildResult.FAILURE);
        assertThat(outcome.console())
                .containsSubsequence(
                        "Started by timer",
                        "[Pipeline] Start of Pipeline",
                        "[Pipeline] node",
                        "[Pipeline] {",
                        "[Pipeline] timeout",
                        "Timeout set to expire in 15 min",
                        "[Pipeline] {",
                        "[Pipeline] stage",
                        "[Pipeline] { (Check)",
                        "[Pipeline] script",
                        "[Pipeline] {",
                        "[Pipeline] azsCheckExpiry",
                        "[Pipeline] echo",
                        "CRITICAL: Admin Portal ended 1 day ago (2 critical, 1 warning, 14 notices, 27 ok)",
                        "[Pipeline] }",
                        "[Pipeline] // script",
                        "[Pipeline] archiveArtifacts",
                        "Archiving artifacts",
                        "Recording fingerprints",
                        "[Pipeline] junit",
                        "Recording test results",
                        "[Pipeline] // stage",
                        "[Pipeline] { (Declarative: Post Actions)",
                        "[Pipeline] mail",
                        "  subject: Stamp east: FAILURE",
                        "[Pipeline] // stage",
                        "[Pipeline] // timeout",
                        "[Pipeline] // node",
                        "[Pipeline] End of Pipeline",
                        "Finished: FAILURE");
        assertThat(outcome.console()).anyMatch(line -> line.contains("31 of 31"));
        assertThat(outcome.report()).contains(folder().resolve("workspace").resolve("expiry-east.html"));
        assertThat(files("workspace"))
                .containsExactlyInAnyOrder("expiry-east.html", "expiry-east.json", "expiry-east.xml");
        assertThat(files("archive")).containsExactlyInAnyOrder("expiry-east.html", "expiry-east.json");
        assertThat(Files.readString(folder().resolve("archive/expiry-east.json")))
                .contains("Admin Portal");
    }

    @Test
    public void theRouteThroughAnAgentNeedsAnAgent() throws IOException {
        final String step = "azsCheckExpiry stamp: 'east', sources: ['endpoints'], via: 'agent', failOn: 'NEVER'";
        assertThat(script(step).result()).isEqualTo(BuildResult.UNSTABLE);

        final Rehearsal.Outcome outside = run(step);
        assertThat(outside.result()).isEqualTo(BuildResult.FAILURE);
        assertThat(outside.console()).anyMatch(line -> line.contains("via: 'agent' is for a step inside node"));
    }

    @Test
    public void theShippedJobIsSilentWhenNothingHasChanged() throws IOException {
        final Rehearsal.Outcome outcome = run(BuildResult.FAILURE, Jenkinsfile.read(SHIPPED));
        assertThat(outcome.result()).isEqualTo(BuildResult.FAILURE);
        assertThat(outcome.console()).doesNotContain("[Pipeline] mail", "[Pipeline] { (Declarative: Post Actions)");
    }

    @Test
    public void theShippedJobWritesAMailAboutItsFirstBuildToo() throws IOException {
        assertThat(run(null, Jenkinsfile.read(SHIPPED)).console()).contains("[Pipeline] mail");
    }

    @Test
    public void aPolicyMakesTheSameFindingsUnstable() throws IOException {
        final Rehearsal.Outcome outcome = steps("azsCheckExpiry stamp: 'east', failOn: 'NEVER'", "echo 'after'");
        assertThat(outcome.result()).isEqualTo(BuildResult.UNSTABLE);
        assertThat(outcome.console()).contains("after", "Finished: UNSTABLE");
    }

    @Test
    public void aPolicyOfNeverLeavesTheBuildGreen() throws IOException {
        assertThat(steps("azsCheckExpiry stamp: 'east', failOn: 'NEVER', unstableOn: 'NEVER'")
                        .result())
                .isEqualTo(BuildResult.SUCCESS);
    }

    @Test
    public void aScriptMaySortFindAndFilterTheFindings() throws IOException {
        final Rehearsal.Outcome outcome = run(
                "node {",
                "def report = azsCheckExpiry stamp: 'east', sources: ['endpoints'], failOn: 'NEVER'",
                "def near = byDate(report.findings.findAll { it.kind == 'EXPIRY' && it.daysLeft < 90 })",
                "echo near.collect { \"${it.name}: ${it.daysLeft}\" }.join(', ')",
                "def vault = report.findings.find { it.name == 'KeyVault' }",
                "echo \"vault ${vault.severity} ${vault.seenAt[0].source}\"",
                "for (finding in near) { echo \"- ${finding.name}\" }",
                "echo \"${report.counts.critical} critical, schema ${report.schema}, next ${report.next.name}\"",
                "if (report.severity == 'CRITICAL') { unstable \"look at ${near[0].name}\" }",
                "}",
                "@NonCPS",
                "def byDate(List findings) { return findings.sort { it.daysLeft } }");
        assertThat(outcome.console())
                .containsSubsequence(
                        "Admin Portal: -2, ARM Public: 20, KeyVault: 60",
                        "vault WARNING endpoints",
                        "- Admin Portal",
                        "- ARM Public",
                        "- KeyVault",
                        "2 critical, schema 1, next Admin Portal",
                        "WARNING: look at Admin Portal",
                        "Finished: UNSTABLE");
    }

    @Test
    public void aScriptedJobIsRehearsedAsWell() throws IOException {
        final Rehearsal.Outcome outcome = run(
                "properties([pipelineTriggers([cron('H 5 * * *')]), disableConcurrentBuilds()])",
                "def name = 'east'",
                "node('linux') {",
                "  stage('Check') {",
                "    timeout(time: 5, unit: 'MINUTES') {",
                "      azsCheckExpiry stamp: \"${name}\", failOn: 'NEVER'",
                "    }",
                "    archiveArtifacts 'expiry-*.html'",
                "  }",
                "}",
                "echo currentBuild.currentResult");
        assertThat(outcome.console())
                .containsSubsequence(
                        "Would set the job's property pipelineTriggers([cron('H 5 * * *')])",
                        "[Pipeline] { (Check)",
                        "Timeout set to expire in 5 min 0 sec",
                        "[Pipeline] // timeout",
                        "UNSTABLE");
        assertThat(files("archive")).containsExactly("expiry-east.html");
    }

    @Test
    public void withoutAWorkspaceFilesStayWithTheBuild() throws IOException {
        final Rehearsal.Outcome outcome = run("azsCheckExpiry 'east'");
        assertThat(outcome.report()).contains(folder().resolve("build").resolve("expiry-east.html"));
        assertThat(files("workspace")).isEmpty();
    }

    @Test
    public void aStepThatNeedsAWorkspaceSaysSo() throws IOException {
        final Rehearsal.Outcome outcome = run("archiveArtifacts 'x'");
        assertThat(outcome.result()).isEqualTo(BuildResult.FAILURE);
        assertThat(outcome.console()).contains("ERROR: Required context class hudson.FilePath is missing");
    }

    @Test
    public void postConditionsFollowTheResultsAsDeclarativeDefinesThem() throws IOException {
        final String[] all = {
            "always",
            "changed",
            "fixed",
            "regression",
            "aborted",
            "success",
            "unsuccessful",
            "unstable",
            "failure",
            "cleanup"
        };
        assertThat(conditions(BuildResult.SUCCESS, "echo 'x'", all)).containsExactly("always", "success", "cleanup");
        assertThat(conditions(BuildResult.FAILURE, "echo 'x'", all))
                .containsExactly("always", "changed", "fixed", "success", "cleanup");
        assertThat(conditions(BuildResult.SUCCESS, "unstable 'x'", all))
                .containsExactly("always", "changed", "regression", "unsuccessful", "unstable", "cleanup");
        assertThat(conditions(BuildResult.UNSTABLE, "error 'x'", all))
                .containsExactly("always", "changed", "regression", "unsuccessful", "failure", "cleanup");
        assertThat(conditions(BuildResult.FAILURE, "unstable 'x'", all))
                .containsExactly("always", "changed", "unsuccessful", "unstable", "cleanup");
        assertThat(conditions(null, "error 'x'", all))
                .containsExactly("always", "changed", "unsuccessful", "failure", "cleanup");
        assertThat(conditions(BuildResult.SUCCESS, "timeout(time: 1, unit: 'SECONDS') { sleep 5 }", all))
                .containsExactly("always", "changed", "regression", "aborted", "unsuccessful", "cleanup");
    }

    private List<String> conditions(final BuildResult previous, final String step, final String... conditions)
            throws IOException {
        final String post = Stream.of(conditions)
                .map(condition -> condition + " { echo 'met " + condition + "' }")
                .collect(Collectors.joining("\n"));
        return run(
                        previous,
                        new Jenkinsfile(
                                "x",
                                "pipeline { agent any\n stages { stage('a') { steps { " + step + " } } }\n post {\n"
                                        + post + "\n} }"))
                .console()
                .stream()
                .filter(line -> line.startsWith("met "))
                .map(line -> line.substring("met ".length()))
                .toList();
    }

    @Test
    public void aPostConditionSeesTheResultThatTheBuildWillHave() throws IOException {
        final Rehearsal.Outcome outcome = run(
                "pipeline { agent any",
                "  stages { stage('a') { steps { error 'no' }; post { failure { echo \"stage ${currentBuild.currentResult}\" } } } }",
                "  post { always { echo \"build ${currentBuild.currentResult}\" } }",
                "}");
        assertThat(outcome.console()).containsSubsequence("stage FAILURE", "build FAILURE", "Finished: FAILURE");
    }

    @Test
    public void aFailureSkipsLaterStagesButNotWhatComesAfter() throws IOException {
        final Rehearsal.Outcome outcome = run(
                "pipeline { agent any",
                "  stages {",
                "    stage('a') { steps { error 'no' }; post { failure { echo 'post of a' } } }",
                "    stage('b') { steps { echo 'never' } }",
                "  }",
                "  post { failure { echo 'post of all' } }",
                "}");
        assertThat(outcome.console())
                .containsSubsequence(
                        "Post stage",
                        "post of a",
                        "Stage \"b\" skipped due to earlier failure(s)",
                        "post of all",
                        "ERROR: no",
                        "Finished: FAILURE")
                .doesNotContain("never");
    }

    @Test
    public void whenEnvironmentAndParametersDecide() throws IOException {
        final Rehearsal.Outcome outcome = run(
                "pipeline { agent none",
                "  environment { SITE = 'east'; HOST = \"portal.${SITE}\" }",
                "  parameters { booleanParam(name: 'DEEP', defaultValue: false); choice(name: 'C', choices: ['p', 'q']) }",
                "  stages {",
                "    stage('a') { when { environment name: 'SITE', value: 'east' }; steps { echo \"a ${HOST} ${params.C}\" } }",
                "    stage('b') { when { expression { params.DEEP } }; steps { echo 'b' } }",
                "    stage('c') { when { anyOf { branch 'main'; not { expression { DEEP } } } }; steps { echo \"c ${env.STAGE_NAME}\" } }",
                "    stage('d') { when { triggeredBy 'TimerTrigger' }; steps { echo 'd' } }",
                "  }",
                "}");
        assertThat(outcome.console())
                .containsSubsequence(
                        "a portal.east p",
                        "Stage \"b\" skipped due to when conditional",
                        "c c",
                        "d",
                        "Finished: SUCCESS")
                .doesNotContain("b");
    }

    @Test
    public void errorsCanBeCaughtAsInJenkins() throws IOException {
        final Rehearsal.Outcome outcome = steps(
                "catchError(buildResult: 'SUCCESS', stageResult: 'UNSTABLE') { error 'one' }",
                "warnError('careful') { error 'two' }",
                "retry(3) { echo 'try' }",
                "script { try { error 'three' } catch (e) { echo \"caught ${e.message}\" } }");
        assertThat(outcome.result()).isEqualTo(BuildResult.UNSTABLE);
        assertThat(outcome.console())
                .containsSubsequence(
                        "[Pipeline] catchError",
                        "[Pipeline] {",
                        "[Pipeline] error",
                        "[Pipeline] }",
                        "ERROR: one",
                        "[Pipeline] // catchError",
                        "ERROR: careful",
                        "ERROR: two",
                        "[Pipeline] // warnError",
                        "caught three");
    }

    @Test
    public void retryTriesAgainAndThenGivesUp() throws IOException {
        final Rehearsal.Outcome outcome = steps("retry(3) { echo 'try'; error 'no' }");
        assertThat(outcome.result()).isEqualTo(BuildResult.FAILURE);
        assertThat(outcome.console().stream().filter("try"::equals)).hasSize(3);
        assertThat(outcome.console().stream().filter("[Pipeline] // retry"::equals))
                .hasSize(1);
    }

    @Test
    public void sleepTakesNoTimeButCounts() throws IOException {
        final Rehearsal.Outcome outcome = steps("timeout(time: 1, unit: 'HOURS') { sleep time: 2, unit: 'HOURS' }");
        assertThat(outcome.result()).isEqualTo(BuildResult.ABORTED);
        assertThat(outcome.console()).contains("ERROR: Timeout has been exceeded", "Finished: ABORTED");
    }

    @Test
    public void inputIsAnsweredAndTheConsoleSaysByWhom() throws IOException {
        final Rehearsal.Outcome outcome = script(
                "def answer = input message: 'Rotate?', submitter: 'board', submitterParameter: 'who',",
                "    parameters: [string(name: 'reason', defaultValue: 'due')]",
                "echo \"${answer.who}: ${answer.reason}\"");
        assertThat(outcome.console())
                .containsSubsequence("Rotate?", "anna: due")
                .anyMatch(line -> line.startsWith("Approved by anna (the rehearsal answers")
                        && line.contains("in Jenkins only board may"));
    }

    @Test
    public void theInputOfAStageIsAnsweredBeforeItsAgentAndKnownInItsEnvironment() throws IOException {
        assertThat(run(
                                "pipeline { agent none; stages { stage('x') {",
                                "  agent any",
                                "  options { timeout(5) }",
                                "  input {",
                                "    message 'go?'",
                                "    submitterParameter 'WHO'",
                                "    parameters { string(name: 'P', defaultValue: 'v'); booleanParam(name: 'Q', defaultValue: true) }",
                                "  }",
                                "  when { expression { echo 'deciding'; true } }",
                                "  environment { E = \"${P}!\" }",
                                "  steps { echo \"${env.P} ${P} ${env.Q} ${WHO} ${E}\" }",
                                "} } }")
                        .console())
                .containsSubsequence(
                        "[Pipeline] { (x)",
                        "[Pipeline] timeout",
                        "[Pipeline] input",
                        "go?",
                        "Proceed or Abort",
                        "Approved by anna (the rehearsal answers every input itself)",
                        "[Pipeline] withEnv",
                        "deciding",
                        "[Pipeline] node",
                        "[Pipeline] withEnv",
                        "v v true anna v!");
    }

    @Test
    public void aStageThatDecidesBeforeItsInputMayNotAsk() throws IOException {
        final String decided = "pipeline { agent any; stages { stage('x') { input { message 'go?' };"
                + " when { %s; expression { false } }; steps { echo 'x' } } } }";
        assertThat(run(decided.formatted("beforeInput true")).console()).doesNotContain("go?");
        assertThat(run(decided.formatted("beforeInput false")).console())
                .containsSubsequence("go?", "Stage \"x\" skipped due to when conditional");
    }

    @Test
    public void propertiesBesideAPipelineArePrinted() throws IOException {
        assertThat(run(
                                "properties([pipelineTriggers([cron('H 5 * * *')])])",
                                "pipeline { agent any; stages { stage('x') { steps { echo 'x' } } } }")
                        .console())
                .containsSubsequence(
                        "[Pipeline] properties",
                        "Would set the job's property pipelineTriggers([cron('H 5 * * *')])",
                        "[Pipeline] node");
    }

    @Test
    public void anEnvironmentMayCallStepsAndMethods() throws IOException {
        assertThat(run(
                                "pipeline { agent any",
                                "  environment {",
                                "    A = own('q')",
                                "    B = \"${A}\".toUpperCase()",
                                "    C = env.JOB_NAME.trim()",
                                "    D = fileExists('x')",
                                "    E = 5",
                                "    F = 'a' + 5",
                                "  }",
                                "  stages { stage('x') { steps { echo \"${A} ${B} ${C} ${D} ${E} ${F}\" } } } }",
                                "def own(x) { return 'own ' + x }")
                        .console())
                .containsSubsequence("[Pipeline] fileExists", "[Pipeline] withEnv", "own q OWN Q rehearsal false 5 a5");
    }

    @Test
    public void retryingLessThanOnceIsTryingOnce() throws IOException {
        final Rehearsal.Outcome outcome = steps("retry(0) { echo 'once' }", "retry(-1) { error 'failed' }");
        assertThat(outcome.console()).containsOnlyOnce("once", "ERROR: failed").doesNotContain("Retrying");
        assertThat(outcome.result()).isEqualTo(BuildResult.FAILURE);
    }

    @Test
    public void aFailedTestMakesTheBuildUnstable() throws IOException {
        final Rehearsal.Outcome outcome = script(
                "writeFile file: 'r/t.xml', text: '<testsuite><testcase name=\"a\"/><testcase name=\"b\"><failure/></testcase></testsuite>'",
                "def summary = junit '**/t.xml'",
                "echo \"${summary.failCount} of ${summary.totalCount}\"");
        assertThat(outcome.result()).isEqualTo(BuildResult.UNSTABLE);
        assertThat(outcome.console()).contains("1 of 2");
    }

    @Test
    public void nothingToArchiveFailsTheBuild() throws IOException {
        final Rehearsal.Outcome outcome = steps("archiveArtifacts 'none-*.html'");
        assertThat(outcome.result()).isEqualTo(BuildResult.FAILURE);
        assertThat(outcome.console())
                .contains(
                        "ERROR: No artifacts found that match the file pattern \"none-*.html\". Configuration error?");
    }

    @Test
    public void aFileOutsideTheWorkspaceIsNotWritten() throws IOException {
        final Rehearsal.Outcome outcome = steps("writeFile file: '../outside.txt', text: 'x'");
        assertThat(outcome.result()).isEqualTo(BuildResult.FAILURE);
        assertThat(folder().resolve("outside.txt")).doesNotExist();
    }

    @Test
    public void whatCannotBeSavedMayNotBeKeptWhileAStepRuns() {
        final List<Mistake> mistakes = mistakes(() -> script(
                "def report = azsCheckExpiry 'east'", "def m = ('abc' =~ /b/)", "if (m.find()) {", "  echo 'x'", "}"));
        assertThat(mistakes).hasSize(1);
        assertThat(mistakes.get(0).line()).isEqualTo(4);
        assertThat(mistakes.get(0).message())
                .contains("variable 'm'", "java.util.regex.Matcher is not serialisable", "@NonCPS");
    }

    @Test
    public void aMatcherInANonCpsMethodIsFine() throws IOException {
        final Rehearsal.Outcome outcome = run(
                "import com.cloudbees.groovy.cps.NonCPS",
                "node { echo first('abc') }",
                "@NonCPS",
                "def first(String text) { def m = (text =~ /b./); m.find(); return m.group() }");
        assertThat(outcome.console()).contains("bc");
    }

    @Test
    public void aStampThatIsNotSimulatedIsAMistakeWithItsLine() {
        final List<Mistake> mistakes = mistakes(() -> script("echo 'x'", "azsCheckExpiry stamp: 'west'"));
        assertThat(mistakes).hasSize(1);
        assertThat(mistakes.get(0).line()).isEqualTo(3);
        assertThat(mistakes.get(0).message()).contains("'west' is not simulated", "--stamp west");
    }

    @Test
    public void computedArgumentsAreCheckedWhenTheStepIsCalled() {
        final List<Mistake> mistakes =
                mistakes(() -> script("def days = '60'", "azsCheckExpiry stamp: 'east', warnDays: days"));
        assertThat(mistakes).hasSize(1);
        assertThat(mistakes.get(0).line()).isEqualTo(3);
        assertThat(mistakes.get(0).message()).contains("'warnDays' expects a whole number but got the text '60'");
    }

    @Test
    public void aMistakeIsNotHealedByCatchingIt() {
        assertThat(mistakes(() -> script("try { azsCheckExpiry stamp: 'west' } catch (e) { echo 'never mind' }")))
                .hasSize(1);
        assertThat(mistakes(() -> script("catchError { azsCheckExpiry stamp: 'west' }")))
                .hasSize(1);
    }

    @Test
    public void whatAScriptThrowsOnPurposeFailsTheBuildOnly() throws IOException {
        for (final String thrown : List.of("throw new Exception('enough')", "assert 'enough' == null")) {
            final Rehearsal.Outcome outcome = script(thrown);
            assertThat(outcome.result()).isEqualTo(BuildResult.FAILURE);
            assertThat(outcome.console()).anyMatch(line -> line.contains("enough"));
        }
        assertThat(script("try { node { throw new Exception('enough') } } catch (e) { echo \"caught ${e.message}\" }")
                        .console())
                .contains("caught enough", "Finished: SUCCESS");
    }

    @Test
    public void aScriptMayDefineMethodsFieldsAndClosures() throws IOException {
        final Rehearsal.Outcome outcome = run(
                "import groovy.transform.Field",
                "@Field int limit = 3",
                "shout = { it.toUpperCase() }",
                "def twice = { it * 2 }",
                "node {",
                "  env.SITE = 'east'",
                "  def parts = [shout('a'), twice(limit), own('b'), SITE]",
                "  println parts.join(' ')",
                "}",
                "String own(String x) { return x + limit }");
        assertThat(outcome.console()).contains("A 6 b3 east");
    }

    @Test
    public void aScriptThatBreaksByItselfIsWrong() {
        final List<Mistake> mistakes = mistakes(() -> script("echo 'x'", "echo nobodyKnowsThis"));
        assertThat(mistakes).hasSize(1);
        assertThat(mistakes.get(0).line()).isEqualTo(3);
        assertThat(mistakes.get(0).message()).contains("No such property: nobodyKnowsThis");
    }

    @Test
    public void whatReachesOutOfTheScriptIsRefused() {
        for (final String escape : List.of(
                "new File('/etc/passwd').text",
                "System.exit(0)",
                "'ls'.execute()",
                "['ls'].execute()",
                "new Thread({ }).start()",
                "'http://x'.toURL().text",
                "Jenkins.instance.doSafeRestart()",
                "def x = 'a'.class",
                "def x = ''.&length",
                "jenkins.model.Jenkins.get()",
                "Runtime.runtime.exec('ls')")) {
            assertThatThrownBy(() -> script(escape)).as(escape).isInstanceOf(WrongJenkinsfileException.class);
            assertThat(folder().resolve("workspace")).isEmptyDirectory();
        }
        assertThat(mistakes(() -> script("System.exit(0)")).get(0).message())
                .contains("class java.lang.System is refused");
        assertThat(mistakes(() -> script("'ls'.execute()")).get(0).message()).contains("'execute' is refused");
    }

    @Test
    public void aRefusedClassIsFoundWhereverItStands() {
        for (final String escape : List.of(
                "import groovy.transform.Field\n@Field String x = new File('/etc/hostname').text",
                "import groovy.transform.Field\n@Field File x = ['/etc/hostname']",
                "def f(x = new File('/etc/hostname').text) { x }",
                "def f(File x) { x }",
                "File f() { ['/etc/hostname'] }",
                "def f = { x = new File('/etc/hostname').text -> x }",
                "def f = { File x -> x }",
                "File g = ['/etc/hostname']",
                "File[] g = [['/etc/hostname']]",
                "def (File g, h) = [['/etc/hostname'], 1]",
                "for (File g in ['/etc/hostname']) { echo g.text }",
                "def g = '/etc/hostname' as File",
                "def g = (File) ['/etc/hostname']",
                "new Formatter('/tmp/x')")) {
            assertThat(mistakes(() -> run(escape, "echo 'ran'"))).as(escape).anyMatch(mistake -> mistake.message()
                    .matches("class java\\.(io\\.File|util\\.Formatter) is refused.*"));
            assertThat(folder().resolve("workspace")).isEmptyDirectory();
        }
    }

    @Test
    public void aComputedMethodNameIsRefused() {
        for (final String call : List.of("'id'.\"$m\"()", "\"$m\"('id')", "this.\"$m\"('id')")) {
            assertThat(mistakes(() -> script("def m = 'execute'", call)))
                    .as(call)
                    .extracting(Mistake::message)
                    .containsExactly("a method whose name is computed is refused in a rehearsal: write the name out");
        }
    }

    @Test
    public void aComputedPropertyNameIsRefusedExceptOfEnvAndParams() throws IOException {
        for (final String property : List.of("'id'.\"$p\"", "this.\"$p\"", "''.@\"$p\"", "def env = ''\nenv.\"$p\"")) {
            assertThat(mistakes(() -> script("def p = 'class'", property)))
                    .as(property)
                    .anyMatch(mistake -> mistake.message().contains("a property whose name is computed is refused"));
        }
        assertThat(script("def p = 'JOB_NAME'", "echo \"name ${env.\"${p}\"} ${params.\"${p}\"}\"")
                        .console())
                .contains("name rehearsal null");
    }

    @Test
    public void typesThatHoldValuesMayBeDeclared() throws IOException {
        assertThat(run(
                                "import groovy.transform.Field",
                                "@Field final Map<String, List<Integer>> limits = [a: [1, 2]]",
                                "void log(String text, int times = 1) { times.times { echo text } }",
                                "node {",
                                "  def (int a, String b) = [3, 'x']",
                                "  byte[] bytes = [1, 2]",
                                "  BigDecimal c = 1.5",
                                "  for (int i = 0; i < 1; i++) { log(\"${b}${a}${c}${limits.a}${bytes.length}\") }",
                                "  for (String each in ['y']) { log each }",
                                "}")
                        .console())
                .contains("x31.5[1, 2]2", "y");
    }

    @Test(timeout = 120_000)
    public void aScriptThatNeverEndsIsEndedAndItsLineNamed() {
        for (final String endless : List.of(
                "int i = 0; while (true) { i++ }",
                "while (true) { try { while (true) { } } catch (e) { } }",
                "retry(2147483647) { error 'again' }",
                "while (true) { catchError { echo 'again' } }",
                "(1..2147483640).each { it }",
                "forever(0)")) {
            final Jenkinsfile file = new Jenkinsfile(
                    "my.Jenkinsfile",
                    String.join(
                            "\n",
                            "pipeline { agent any; options { timeout(time: 1, unit: 'SECONDS') }",
                            "  stages { stage('x') { steps { script {",
                            endless,
                            "  } } } }",
                            "  post { always { echo 'no more of it' } } }",
                            "def forever(x) { while (true) { x = x + 1 } }"));
            final List<Mistake> mistakes = mistakes(() -> run(null, Duration.ofMillis(1500), file));
            assertThat(mistakes).as(endless).hasSize(1);
            assertThat(mistakes.get(0).message()).contains("here the rehearsal ended the script", "--limit");
            assertThat(mistakes.get(0).line()).as(endless).isEqualTo(endless.startsWith("forever") ? 6 : 3);
            assertThat(Thread.getAllStackTraces().keySet())
                    .as(endless)
                    .extracting(Thread::getName)
                    .doesNotContain(Watchdog.THREAD);
        }
    }

    @Test
    public void theLimitIsAWholeNumberOfMinutes() throws IOException {
        for (final String limit : List.of("0", "-1", "x", "1.5", "100000")) {
            final Printed printed = main("--limit", limit, SHIPPED.toString());
            assertThat(printed.status).isEqualTo(Main.NOT_RUN);
            assertThat(printed.text).contains("no whole number of minutes");
        }
        assertThat(main("--limit", "5", SHIPPED.toString()).status).isEqualTo(Main.WENT_WELL);
    }

    @Test
    public void aFolderThatNoRehearsalMadeIsLeftAlone() throws IOException {
        final Path precious =
                Files.createDirectories(folder().resolve("workspace")).resolve("precious.txt");
        Files.writeString(precious, "x");
        assertThatThrownBy(() -> run("echo 'x'"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no rehearsal made");
        assertThat(precious).exists();
    }

    @Test
    public void aSecondRehearsalStartsFromNothing() throws IOException {
        script("writeFile file: 'left.txt', text: 'x'");
        script("echo \"${fileExists('left.txt')}\"");
        assertThat(files("workspace")).isEmpty();
    }

    @Test
    public void theCommandLineSaysHowItWentByItsStatus() throws IOException {
        assertThat(main(SHIPPED.toString()).status).isEqualTo(Main.WENT_WELL);
        final Path wrong = temporary.getRoot().toPath().resolve("wrong.Jenkinsfile");
        Files.writeString(wrong, "node {\n  frob 'x'\n}\n");
        final Printed printed = main(wrong.toString());
        assertThat(printed.status).isEqualTo(Main.WRONG);
        assertThat(printed.text)
                .contains("wrong.Jenkinsfile:2:3: unknown step 'frob'")
                .doesNotContain("Finished");
        assertThat(main("no/such/file").status).isEqualTo(Main.NOT_RUN);
        assertThat(main("--identity", "LDAP").text).contains("'LDAP' is neither AAD nor ADFS");
        assertThat(main("--previous").text).contains("needs a value");
        assertThat(main("--frob").status).isEqualTo(Main.NOT_RUN);
    }

    @Test
    public void theCommandLineEndsWithTheReportAndWhereItCameFrom() throws IOException {
        final Printed printed =
                main("--identity", "adfs", "--providers", "all", "--previous", "none", SHIPPED.toString());
        assertThat(printed.status).isEqualTo(Main.WENT_WELL);
        final List<String> last = printed.text.lines().toList();
        assertThat(last.get(last.size() - 1)).startsWith("Rehearsed outside Jenkins");
        final String report = last.get(last.size() - 4);
        assertThat(report).startsWith("Report: ");
        assertThat(Path.of(report.substring("Report: ".length()))).isAbsolute().exists();
        assertThat(printed.text)
                .contains("adfs.east.azurestack.contoso.com", "ftp.appservice")
                .contains("every time and duration of the build below is in the stamp's time")
                .contains("The build's result is FAILURE: the console above says which step made it so.");
    }

    @Test
    public void nobodyIsSentLookingForTheStepThatMadeASuccess() throws IOException {
        final Path file = temporary.newFile("Jenkinsfile").toPath();
        Files.writeString(file, "echo 'nothing'");
        final Printed printed = main("--time-factor", "1", file.toString());
        assertThat(printed.text)
                .contains("The build's result is SUCCESS.")
                .doesNotContain("which step made it so", "the stamp's time");
    }

    private record Printed(int status, String text) {}

    private Printed main(final String... arguments) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final int status;
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            status = Main.run(
                    out,
                    Clock.systemUTC(),
                    new SecureRandom(),
                    Stream.concat(Stream.of("--out", temporary.newFolder().toString()), Stream.of(arguments))
                            .toArray(String[]::new));
        }
        return new Printed(status, bytes.toString(StandardCharsets.UTF_8));
    }

    private List<String> files(final String in) throws IOException {
        try (Stream<Path> files = Files.walk(folder().resolve(in))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }
}
