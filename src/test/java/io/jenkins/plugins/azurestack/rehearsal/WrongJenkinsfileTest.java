package io.jenkins.plugins.azurestack.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.azurestack.jenkins.step.AzsCheckExpiryStep;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** What is found wrong with a Jenkinsfile before anything of it runs. */
public class WrongJenkinsfileTest {
    private static List<Mistake> mistakes(final String... lines) {
        final Jenkinsfile file = new Jenkinsfile("Jenkinsfile", String.join("\n", lines));
        final WrongJenkinsfileException wrong =
                catchThrowableOfType(WrongJenkinsfileException.class, () -> Rehearsal.check(file, steps()));
        return wrong == null ? List.of() : wrong.mistakes();
    }

    private static Map<String, Signature> steps() {
        final Jenkinsfile none = new Jenkinsfile("none", "");
        final Build build = new Build(
                new Console(System.out),
                new StampTime(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), Instant.EPOCH, 1),
                Optional.empty(),
                Map.of(),
                Path.of("unused"));
        final Steps steps = new Steps(build, none);
        BasicSteps.addTo(steps, build, "nobody");
        steps.add(StepClass.of(AzsCheckExpiryStep.class).signature(), call -> null);
        return steps.signatures();
    }

    private static Mistake only(final String... lines) {
        final List<Mistake> mistakes = mistakes(lines);
        assertThat(mistakes).hasSize(1);
        return mistakes.get(0);
    }

    /** A pipeline with one line of steps, which stands in line 5. */
    private static String[] step(final String line) {
        return new String[] {
            "pipeline {", "  agent any", "  stages { stage('x') {", "    steps {", line, "    } } }", "}"
        };
    }

    /** A pipeline with one section more, which stands in line 3. */
    private static String[] section(final String line) {
        return new String[] {"pipeline {", "  agent any", line, "  stages { stage('x') { steps { echo 'x' } } }", "}"};
    }

    @Test
    public void parallelBranchesAreBlocksUnderNamesOfTheirOwn() {
        assertThat(mistakes("parallel(east: { echo 'e' }, west: { echo 'w' }, failFast: true)"))
                .isEmpty();
        assertThat(only("parallel(east: { ecco 'e' })").message()).contains("did you mean 'echo'");
        assertThat(only("parallel(east: { echo 'e' }, failFast: 'yes')").message())
                .contains("'failFast' expects true or false");
    }

    @Test
    public void aStageOfDeclarativeMayHoldParallelStages() {
        assertThat(mistakes(
                        "pipeline { agent any; stages { stage('x') {",
                        "  failFast true",
                        "  parallel { stage('a') { steps { echo 'a' } }",
                        "             stage('b') { steps { echo 'b' } } }",
                        "} } }"))
                .isEmpty();
        assertThat(only(
                                "pipeline { agent any; stages { stage('x') {",
                                "  failFast true",
                                "  steps { echo 'a' }",
                                "} } }")
                        .message())
                .contains("failFast is for a stage with parallel");
        assertThat(only(
                                "pipeline { agent any; stages { stage('x') {",
                                "  parallel { stage('a') { steps { echo 'a' } } }",
                                "  steps { echo 'a' }",
                                "} } }")
                        .message())
                .contains("this one has steps and parallel");
    }

    @Test
    public void aWholePipelineIsNotWrong() {
        assertThat(mistakes(
                        "def limit = 5",
                        "pipeline {",
                        "  agent { label 'linux' }",
                        "  environment { NAME = 'value' ; OTHER = \"${NAME}-x\" }",
                        "  options { timeout(time: 1, unit: 'HOURS'); disableConcurrentBuilds(); timestamps();",
                        "            buildDiscarder(logRotator(numToKeepStr: '5')) }",
                        "  triggers { cron('H 5 * * 1-5') }",
                        "  parameters { string(name: 'WHO', defaultValue: 'x'); booleanParam(name: 'B', defaultValue: true) }",
                        "  stages {",
                        "    stage('a') {",
                        "      when { allOf { expression { params.B }; not { branch 'x' } } }",
                        "      steps {",
                        "        azsCheckExpiry 'east'",
                        "        azsCheckExpiry stamp: 'east', warnDays: 60, sources: ['endpoints']",
                        "        retry(2) { echo 'x' }",
                        "        script { def r = azsCheckExpiry(stamp: 'east'); r.findings.each { echo it.name } }",
                        "        helper()",
                        "      }",
                        "      post { always { echo 'x' }; unstable { echo 'y' } }",
                        "    }",
                        "    stage('b') { stages { stage('c') { steps { echo 'x' } } } }",
                        "  }",
                        "  post { changed { mail to: 'a@b', subject: 's', body: 'b' }; cleanup { echo 'x' } }",
                        "}",
                        "def helper() { echo 'x' }"))
                .isEmpty();
    }

    @Test
    public void anUnknownStepIsNamedWithItsPlaceAndTheNearestOne() {
        final Mistake mistake = only(step("      azsCheckExpire stamp: 'east'"));
        assertThat(mistake.line()).isEqualTo(5);
        assertThat(mistake.column()).isEqualTo(7);
        assertThat(mistake.message())
                .contains("unknown step 'azsCheckExpire'", "did you mean 'azsCheckExpiry'?", "archiveArtifacts");
    }

    @Test
    public void anUnknownStepInAScriptIsFoundBeforeItRuns() {
        final Mistake mistake = only(step("      script { if (false) { frobnicate 'x' } }"));
        assertThat(mistake.message()).contains("unknown step 'frobnicate'");
        assertThat(mistake.line()).isEqualTo(5);
        assertThat(mistake.column()).isEqualTo(29);
    }

    @Test
    public void unknownWordsOfEveryKindAreNamedWithWhatIsAccepted() {
        assertThat(only(section("  optionz { timestamps() }")).message())
                .contains("unknown section 'optionz'", "did you mean 'options'?", "agent, environment, options");
        assertThat(only(section("  options { timeOut(time: 1) }")).message())
                .contains("unknown option 'timeOut'", "did you mean 'timeout'?", "buildDiscarder");
        assertThat(only(section("  triggers { corn('H 5 * * *') }")).message())
                .contains("unknown trigger 'corn'", "cron, pollSCM, upstream");
        assertThat(only(section("  parameters { strin(name: 'x') }")).message())
                .contains("unknown build parameter 'strin'", "booleanParam, choice, string, text");
        assertThat(only(section("  post { failed { echo 'x' } }")).message())
                .contains("unknown post condition 'failed'", "always, changed, fixed, regression");
        assertThat(only(
                                "pipeline {",
                                "  agent any",
                                "  stages { stage('x') { when { onlyIf { true } }; steps { echo 'x' } } }",
                                "}")
                        .message())
                .contains("unknown when condition 'onlyIf'", "allOf, anyOf");
        assertThat(only(
                                "pipeline {",
                                "  agent any",
                                "  stages { stage('x') { stepz { echo 'x' }; steps { echo 'x' } } }",
                                "}")
                        .message())
                .contains("unknown stage section 'stepz'", "did you mean 'steps'?");
    }

    @Test
    public void twoSectionsInOneLineAreReadAsOneAsInJenkins() {
        assertThat(mistakes("pipeline { agent any; stages { stage('x') { when { branch 'x' } steps { echo 'x' } } } }"))
                .anyMatch(mistake -> mistake.message().contains("two in one line need a ';' between them"));
    }

    @Test
    public void aSectionThatMustBeThereIsMissed() {
        assertThat(mistakes("pipeline {", "}"))
                .extracting(Mistake::message)
                .containsExactly("missing required section 'agent'", "missing required section 'stages'");
        assertThat(only("pipeline { agent any; stages { stage('x') { } } }").message())
                .contains("either steps or stages or parallel; this one has none of them");
        assertThat(only("pipeline { agent any; stages { } }").message()).contains("stages is empty");
        assertThat(only("pipeline { agent any; stages { stage('x') { steps { } } } }")
                        .message())
                .contains("'steps' holds no step");
    }

    @Test
    public void codeOutsideOfScriptIsNoStep() {
        assertThat(only(step("      def x = 5")).message()).contains("script { ... }");
        assertThat(only(step("      if (true) { echo 'x' }")).message()).contains("script { ... }");
        assertThat(only(step("      'x'.length()")).message()).contains("script { ... }");
        assertThat(only(step("      retry(2) { def x = 5 }")).message()).contains("script { ... }");
        assertThat(only(step("      stage('y') { echo 'x' }")).message()).contains("'stage' cannot be used as a step");
    }

    @Test
    public void twoOfASectionOrStageAreOneTooMany() {
        assertThat(only(section("  agent none")).message()).contains("section 'agent' is there twice");
        assertThat(only(
                                "pipeline { agent any; stages {",
                                "  stage('x') { steps { echo 'x' } }",
                                "  stage('x') { steps { echo 'x' } } } }")
                        .message())
                .contains("stage 'x' is there twice");
    }

    @Test
    public void onlyDeclarationsStandBesideAPipeline() {
        assertThat(only("echo 'x'", "pipeline { agent any; stages { stage('x') { steps { echo 'x' } } } }")
                        .message())
                .contains("only declarations");
    }

    /** A pipeline whose one stage has one section more, which stands in line 4. */
    private static String[] stage(final String line) {
        return new String[] {
            "pipeline {", "  agent any", "  stages { stage('x') {", line, "    steps { echo 'x' } } }", "}"
        };
    }

    @Test
    public void propertiesMayStandBesideAPipelineAndAreChecked() {
        final String[] pipeline = section("");
        assertThat(mistakes("properties([pipelineTriggers([cron('H 5 * * *')]), disableConcurrentBuilds()])\n"
                        + String.join("\n", pipeline)))
                .isEmpty();
        assertThat(only("properties([frob('x')])\n" + String.join("\n", pipeline))
                        .message())
                .contains("unknown step 'frob'");
        assertThat(only("properties([pipelineTriggers([cron('H 25 * * *')])])\n" + String.join("\n", pipeline))
                        .message())
                .contains("'25' is no hour");
    }

    @Test
    public void aSectionThatJenkinsDoesNotAcceptEmptyIsRefused() {
        for (final String name : List.of("environment", "options", "parameters", "post", "triggers")) {
            final Mistake mistake = only(section("  " + name + " { }"));
            assertThat(mistake.message()).startsWith("'" + name + "' is empty");
            assertThat(mistake.line()).isEqualTo(3);
        }
        for (final String name : List.of("environment", "options", "post")) {
            assertThat(only(stage("  " + name + " { }")).message()).startsWith("'" + name + "' is empty");
        }
    }

    @Test
    public void anAgentIsExactlyOne() {
        final String stages = "stages { stage('x') { steps { echo 'x' } } } }";
        assertThat(only("pipeline { agent { }; " + stages).message()).contains("exactly one of label and node");
        assertThat(only("pipeline { agent { label 'x'; node { label 'x' } }; " + stages)
                        .message())
                .contains("exactly one of label and node");
        assertThat(only("pipeline { agent { node { } }; " + stages).message()).contains("needs a label");
        assertThat(only(stage("agent { }")).message()).contains("exactly one of label and node");
        assertThat(mistakes("pipeline { agent { node { label 'x' } }; " + stages))
                .isEmpty();
    }

    @Test
    public void anEnvironmentTakesTheValuesThatJenkinsTakes() {
        for (final String value : List.of(
                "'x'",
                "\"${JOB_NAME}\"",
                "5",
                "true",
                "'a' + \"${JOB_NAME}\" + 5",
                "readFile('x')",
                "env.JOB_NAME.trim()")) {
            assertThat(mistakes(section("  environment { A = " + value + " }")))
                    .as(value)
                    .isEmpty();
        }
        for (final String value : List.of(
                "JOB_NAME",
                "env.JOB_NAME",
                "['a']",
                "[a: 'b']",
                "true ? 'a' : 'b'",
                "env.X ?: 'y'",
                "new Date()",
                "{ 'x' }")) {
            assertThat(only(section("  environment { A = " + value + " }")).message())
                    .as(value)
                    .isEqualTo("an environment value is a text in quotes or a function call");
        }
        for (final String value : List.of("'a' + JOB_NAME", "'a' - 'b'", "readFile('x') + 'y'")) {
            assertThat(only(section("  environment { A = " + value + " }")).message())
                    .as(value)
                    .contains("only texts in quotes can be joined");
        }
        assertThat(only(section("  environment { A = frob() }")).message()).contains("unknown step 'frob'");
        assertThat(only(section("  environment { A = credentials('x') }")).message())
                .contains("credentials(...) is not rehearsed");
        assertThat(only(section("  environment { A = 'x'; A = 'y' }")).message())
                .contains("environment variable 'A' is there twice");
    }

    @Test
    public void twoOfAnOptionOrTriggerAreOneTooMany() {
        assertThat(only(section("  options { timeout(5); timeout(6) }")).message())
                .isEqualTo("option 'timeout' is there twice");
        assertThat(only(section("  triggers { cron('H 5 * * *'); cron('H 6 * * *') }"))
                        .message())
                .isEqualTo("trigger 'cron' is there twice");
        assertThat(mistakes(section("  parameters { string(name: 'A'); string(name: 'B') }")))
                .isEmpty();
    }

    @Test
    public void aConditionIsNegatedAlone() {
        assertThat(only(stage("when { not { branch 'a'; branch 'b' } }")).message())
                .contains("exactly one condition");
    }

    @Test
    public void whatJenkinsAcceptsThoughItLooksWrongIsNotRefused() {
        assertThat(mistakes(step("      retry(0) { echo 'x' }"))).isEmpty();
        assertThat(mistakes(section("  options { retry(-1) }"))).isEmpty();
        assertThat(mistakes(step("      retry(2) { }"))).isEmpty();
    }

    @Test
    public void theInputOfAStageIsChecked() {
        assertThat(mistakes(stage("input { message 'go?'; ok 'yes'; id 'x'; submitter 'anna'; submitterParameter 'WHO';"
                        + " parameters { string(name: 'P') } }")))
                .isEmpty();
        assertThat(mistakes(stage("input { message 'go?'; parameters { } }"))).isEmpty();
        assertThat(only(stage("input { ok 'yes' }")).message()).isEqualTo("input needs a message");
        assertThat(only(stage("input { }")).message()).isEqualTo("input needs a message");
        assertThat(only(stage("input { message 'a'; message 'b' }")).message())
                .isEqualTo("field of input 'message' is there twice");
        assertThat(only(stage("input { message 'a'; cancel 'b' }")).message())
                .contains("unknown field of input 'cancel'");
        assertThat(only(stage("input { message 5 }")).message()).contains("expects a text but got 5");
        assertThat(only(stage("input { message 'a'; parameters { frob(name: 'x') } }"))
                        .message())
                .contains("unknown build parameter 'frob'");
        assertThat(mistakes(stage("input 'go?'")))
                .extracting(Mistake::message)
                .containsExactly("'input' needs a block { ... }");
        assertThat(only(section("  input { message 'go?' }")).message()).contains("unknown section 'input'");
    }

    @Test
    public void anUnknownArgumentIsNamedWithTheKnownOnes() {
        final Mistake mistake = only(step("      azsCheckExpiry stamp: 'east', warnDay: 60"));
        assertThat(mistake.line()).isEqualTo(5);
        assertThat(mistake.message())
                .contains("no parameter 'warnDay'", "did you mean 'warnDays'?", "criticalDays", "unstableOn");
    }

    @Test
    public void anArgumentOfTheWrongTypeIsRefusedAsPipelineRefusesIt() {
        assertThat(only(step("      azsCheckExpiry stamp: 'east', warnDays: '60'"))
                        .message())
                .isEqualTo("azsCheckExpiry: 'warnDays' expects a whole number but got the text '60'");
        assertThat(only(step("      azsCheckExpiry stamp: 5")).message())
                .isEqualTo("azsCheckExpiry: 'stamp' expects a text but got 5");
        assertThat(only(step("      azsCheckExpiry stamp: 'east', sources: 'endpoints'"))
                        .message())
                .contains("'sources' expects a list");
        assertThat(only(step("      azsCheckExpiry stamp: 'east', sources: [1]"))
                        .message())
                .contains("'sources' expects a text but got 1");
        assertThat(only(section("  options { timeout(time: 1, unit: 'FORTNIGHTS') }"))
                        .message())
                .contains("'unit' expects one of [NANOSECONDS", "FORTNIGHTS");
    }

    @Test
    public void missingAndUnnamedArgumentsAreRefused() {
        assertThat(only(step("      azsCheckExpiry warnDays: 60")).message()).isEqualTo("azsCheckExpiry needs 'stamp'");
        assertThat(only(step("      azsCheckExpiry 'east', 60")).message()).contains("must be named");
        assertThat(only(step("      mail 'subject'")).message()).contains("must be named");
        assertThat(only(step("      retry(2)")).message()).contains("needs a block");
        assertThat(only(step("      echo('x') { }")).message()).contains("takes no block");
    }

    @Test
    public void aScheduleThatCannotBeIsFound() {
        assertThat(only(section("  triggers { cron('H 5 * *') }")).message()).contains("has 4 fields");
        assertThat(only(section("  triggers { cron('H 25 * * *') }")).message()).contains("'25' is no hour (0 to 23");
    }

    @Test
    public void aShellIsRefusedWithTheReason() {
        for (final String shell : List.of("sh", "bat", "powershell", "pwsh")) {
            assertThat(only(step("      " + shell + " 'ls'")).message()).contains("a rehearsal runs no shell");
            assertThat(only("node {", "  " + shell + " 'ls'", "}").message()).contains("a rehearsal runs no shell");
        }
    }

    @Test
    public void aFileThatIsNoGroovyIsShownWithLineAndColumn() {
        final Mistake mistake = only("pipeline {", "  agent any", "  stages { stage('x' }", "}");
        assertThat(mistake.line()).isEqualTo(3);
        assertThat(mistake.column()).isPositive();
    }

    @Test
    public void sharedLibrariesAndGrapesAreNotRehearsed() {
        assertThat(mistakes("@Library('x') import foo.Bar", "node { echo 'x' }"))
                .anyMatch(mistake -> mistake.message().contains("@Library is not rehearsed"));
        assertThat(mistakes("@Grab('a:b:1')", "import java.util.List", "node { echo 'x' }"))
                .anyMatch(mistake -> mistake.message().contains("@Grab is not rehearsed"));
    }

    @Test
    public void aMethodThatPipelineDoesNotTranslateMayNotBeGivenAClosure() {
        final Mistake mistake = only("node {", "  def s = [3, 1].sort { it }", "}");
        assertThat(mistake.line()).isEqualTo(2);
        assertThat(mistake.message()).contains("'sort' cannot be given a closure", "@NonCPS");
        assertThat(only(step("      script { [1].unique { it } }")).message()).contains("'unique' cannot");
        assertThat(mistakes("node {", "  echo \"${[3, 1].sort()} ${[1, 2].max { it }} ${[1].findAll { it }}\"", "}"))
                .isEmpty();
        assertThat(mistakes("node { echo 'x' }", "@NonCPS def s(l) { return l.sort { it } }"))
                .isEmpty();
    }

    @Test
    public void aStepInANonCpsMethodIsFound() {
        assertThat(only("node { echo 'x' }", "@NonCPS def f() {", "  echo 'y'", "}")
                        .message())
                .contains("step 'echo' cannot be called in the @NonCPS method f");
    }

    @Test
    public void everyMistakeIsShownWithItsLineAndACaretBelow() {
        final Jenkinsfile file = new Jenkinsfile("my.Jenkinsfile", String.join("\n", step("      frob 'x'; knit 'y'")));
        final WrongJenkinsfileException wrong =
                catchThrowableOfType(WrongJenkinsfileException.class, () -> Rehearsal.check(file, steps()));
        assertThat(wrong.mistakes()).hasSize(2);
        assertThat(wrong.getMessage().lines())
                .contains("          frob 'x'; knit 'y'", "          ^", "                    ^")
                .anyMatch(line -> line.startsWith("my.Jenkinsfile:5:7: unknown step 'frob'"));
    }

    @Test
    public void scriptsMayCallWhatTheyDefine() {
        assertThatCode(() -> Rehearsal.check(
                        new Jenkinsfile(
                                "x",
                                String.join(
                                        "\n",
                                        "def twice = { it * 2 }",
                                        "node('linux') {",
                                        "  stage('a') { echo \"${twice(2)}\"; own('x') }",
                                        "  report.with { anything() }",
                                        "}",
                                        "def own(x) { echo x }")),
                        steps()))
                .doesNotThrowAnyException();
    }
}
