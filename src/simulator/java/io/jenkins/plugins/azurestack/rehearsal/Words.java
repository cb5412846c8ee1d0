package io.jenkins.plugins.azurestack.rehearsal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The words of Declarative Pipeline that a rehearsal knows, besides the names of steps. */
final class Words {
    static final List<String> PIPELINE_SECTIONS =
            List.of("agent", "environment", "options", "parameters", "post", "stages", "triggers");
    static final List<String> STAGE_SECTIONS = List.of(
            "agent", "environment", "failFast", "input", "options", "parallel", "post", "stages", "steps", "when");

    /** In the order in which Declarative runs them (the ordinals of its BuildCondition extensions). */
    static final List<String> POST_CONDITIONS = List.of(
            "always",
            "changed",
            "fixed",
            "regression",
            "aborted",
            "success",
            "unsuccessful",
            "unstable",
            "failure",
            "notBuilt",
            "cleanup");

    static final List<String> AGENTS = List.of("any", "none", "label", "node");

    static final List<Signature> WHEN_CONDITIONS = List.of(
            Signature.of("allOf").withBlock(),
            Signature.of("anyOf").withBlock(),
            Signature.of("not").withBlock(),
            Signature.of("expression").withBlock(),
            Signature.of("branch").needs("pattern", String.class),
            Signature.of("environment").needs("name", String.class).needs("value", String.class),
            Signature.of("equals").needs("expected", Object.class).needs("actual", Object.class),
            Signature.of("triggeredBy").needs("type", String.class),
            Signature.of("beforeAgent").needs("value", boolean.class),
            Signature.of("beforeInput").needs("value", boolean.class),
            Signature.of("beforeOptions").needs("value", boolean.class));

    static final List<Signature> OPTIONS = List.of(
            Signature.of("buildDiscarder").needs("strategy", Object.class),
            Signature.of("disableConcurrentBuilds").takes("abortPrevious", boolean.class),
            Signature.of("disableRestartFromStage"),
            Signature.of("disableResume"),
            Signature.of("durabilityHint").needs("hint", String.class),
            Signature.of("quietPeriod").needs("quietPeriod", int.class),
            Signature.of("retry").needs("count", int.class),
            Signature.of("skipDefaultCheckout").takes("skipDefaultCheckout", boolean.class),
            Signature.of("skipStagesAfterUnstable"),
            Signature.of("timeout")
                    .needs("time", int.class)
                    .takes("unit", TimeUnit.class)
                    .takes("activity", boolean.class),
            Signature.of("timestamps"));

    static final List<Signature> STAGE_OPTIONS = OPTIONS.stream()
            .filter(option -> List.of("retry", "skipDefaultCheckout", "timeout", "timestamps")
                    .contains(option.name()))
            .toList();

    static final List<Signature> TRIGGERS = List.of(
            Signature.of("cron").needs("spec", String.class),
            Signature.of("pollSCM").needs("scmpoll_spec", String.class),
            Signature.of("upstream").needs("upstreamProjects", String.class).takes("threshold", Object.class));

    static final List<Signature> BUILD_PARAMETERS = List.of(
            Signature.of("booleanParam")
                    .needs("name", String.class)
                    .takes("defaultValue", boolean.class)
                    .takes("description", String.class),
            Signature.of("choice")
                    .needs("name", String.class)
                    .takes("choices", Object.class)
                    .takes("description", String.class),
            Signature.of("string")
                    .needs("name", String.class)
                    .takes("defaultValue", String.class)
                    .takes("description", String.class)
                    .takes("trim", boolean.class),
            Signature.of("text")
                    .needs("name", String.class)
                    .takes("defaultValue", String.class)
                    .takes("description", String.class)
                    .takes("trim", boolean.class));

    /** What a stage's input may say; its parameters stand in a block there. */
    static final List<Signature> INPUT_FIELDS = List.of(
            Signature.of("message").needs("message", String.class),
            Signature.of("id").needs("id", String.class),
            Signature.of("ok").needs("ok", String.class),
            Signature.of("parameters").withBlock(),
            Signature.of("submitter").needs("submitter", String.class),
            Signature.of("submitterParameter").needs("submitterParameter", String.class));

    /** What stands inside options, inside {@code properties([...])} and inside an {@code input}'s parameters. */
    static final List<Signature> NESTED = List.of(
            Signature.of("logRotator")
                    .takes("daysToKeepStr", String.class)
                    .takes("numToKeepStr", String.class)
                    .takes("artifactDaysToKeepStr", String.class)
                    .takes("artifactNumToKeepStr", String.class)
                    .takes("removeLastBuild", boolean.class),
            Signature.of("pipelineTriggers").needs("triggers", List.class),
            Signature.of("parameters").needs("parameterDefinitions", List.class));

    private Words() {}

    static List<String> names(final Collection<Signature> signatures) {
        return signatures.stream().map(Signature::name).sorted().toList();
    }

    /** {@code ; did you mean 'x'?} for the nearest word within two typing errors, or nothing. */
    static String didYouMean(final String word, final Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= 2)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElse("");
    }

    /** Levenshtein's distance, ignoring case. */
    private static int distance(final String one, final String other) {
        final String a = one.toLowerCase(Locale.ROOT);
        final String b = other.toLowerCase(Locale.ROOT);
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            final int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
