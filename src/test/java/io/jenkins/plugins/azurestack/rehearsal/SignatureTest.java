package io.jenkins.plugins.azurestack.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groovy.lang.GString;
import io.jenkins.plugins.azurestack.jenkins.step.AzsCheckExpiryStep;
import io.jenkins.plugins.azurestack.jenkins.step.AzsRotateSecretsStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.codehaus.groovy.runtime.GStringImpl;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.Test;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** How arguments are bound to real step classes. */
public class SignatureTest {
    private static final GString TEXT = new GStringImpl(new Object[] {"st"}, new String[] {"ea", ""});

    /** Takes one of everything. */
    public static final class SampleStep extends Step {
        private final String name;
        private final int count;
        private long size;
        private Integer maybe;
        private double share;
        private boolean flag;
        private List<String> words = new ArrayList<>();
        private TimeUnit unit;

        /** A field may be bound as well. */
        @DataBoundSetter
        public String note = "";

        @DataBoundConstructor
        public SampleStep(final String name, final int count) {
            this.name = name;
            this.count = count;
        }

        @DataBoundSetter
        public void setSize(final long size) {
            this.size = size;
        }

        @DataBoundSetter
        public void setMaybe(final Integer maybe) {
            this.maybe = maybe;
        }

        @DataBoundSetter
        public void setShare(final double share) {
            this.share = share;
        }

        @DataBoundSetter
        public void setFlag(final boolean flag) {
            this.flag = flag;
        }

        @DataBoundSetter
        public void setWords(final List<String> words) {
            this.words = new ArrayList<>(words);
        }

        @DataBoundSetter
        public void setUnit(final TimeUnit unit) {
            this.unit = unit;
        }

        /** Not bound: nobody may set it from a Jenkinsfile. */
        public void setHidden(final String hidden) {
            throw new IllegalStateException(hidden);
        }

        @Override
        public StepExecution start(final StepContext context) {
            throw new UnsupportedOperationException("never started");
        }

        public static final class DescriptorImpl extends StepDescriptor {
            @Override
            public String getFunctionName() {
                return "sample";
            }

            @Override
            public java.util.Set<? extends Class<?>> getRequiredContext() {
                return java.util.Set.of();
            }
        }
    }

    private static SampleStep bind(final Object... pairs) {
        final StepClass<SampleStep> type = StepClass.of(SampleStep.class);
        final Map<String, Object> named = named(pairs);
        if (!named.containsKey("name")) {
            named.put("name", "n");
        }
        if (!named.containsKey("count")) {
            named.put("count", 1);
        }
        return type.instantiate(type.signature().bind(named).values());
    }

    private static Map<String, Object> named(final Object... pairs) {
        final Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            named.put((String) pairs[i], pairs[i + 1]);
        }
        return named;
    }

    @Test
    public void aStepClassSaysWhatItTakes() {
        assertThat(StepClass.of(SampleStep.class).signature().parameters())
                .extracting(Signature.Parameter::name)
                .containsExactly("name", "count", "flag", "maybe", "share", "size", "unit", "words", "note");
        assertThat(StepClass.of(AzsCheckExpiryStep.class).signature().name()).isEqualTo("azsCheckExpiry");
        assertThat(StepClass.of(AzsCheckExpiryStep.class).signature().sole())
                .hasValueSatisfying(parameter -> assertThat(parameter.name()).isEqualTo("stamp"));
    }

    @Test
    public void whatFitsIsBound() {
        final SampleStep step = bind(
                "name",
                TEXT,
                "count",
                7L,
                "size",
                8,
                "maybe",
                null,
                "share",
                2,
                "flag",
                true,
                "words",
                List.of("a", TEXT),
                "unit",
                "HOURS",
                "note",
                "x");
        assertThat(step.name).isEqualTo("east").isExactlyInstanceOf(String.class);
        assertThat(step.count).isEqualTo(7);
        assertThat(step.size).isEqualTo(8);
        assertThat(step.maybe).isNull();
        assertThat(step.share).isEqualTo(2.0);
        assertThat(step.flag).isTrue();
        assertThat(step.words).containsExactly("a", "east");
        assertThat(step.unit).isEqualTo(TimeUnit.HOURS);
        assertThat(step.note).isEqualTo("x");
    }

    @Test
    public void whatDoesNotFitIsRefused() {
        final Object[][] matrix = {
            {"count", "5", "expects a whole number but got the text '5'"},
            {"count", TEXT, "expects a whole number but got the text 'east'"},
            {"count", 1.5, "expects a whole number but got 1.5"},
            {"count", 1L << 40, "expects a whole number but got 1099511627776"},
            {"count", true, "expects a whole number but got true"},
            {"count", null, "expects a whole number but got null"},
            {"size", "8", "expects a whole number"},
            {"share", "0.5", "expects a number"},
            {"flag", "true", "expects true or false but got the text 'true'"},
            {"flag", 1, "expects true or false but got 1"},
            {"name", 5, "expects a text but got 5"},
            {"name", List.of("a"), "expects a text but got a List"},
            {"words", "a", "expects a list but got the text 'a'"},
            {"words", List.of(1), "expects a text but got 1"},
            {"unit", "hours", "expects one of [NANOSECONDS, "},
        };
        for (final Object[] row : matrix) {
            assertThatThrownBy(() -> bind(row[0], row[1]))
                    .as(row[0] + " <- " + row[1])
                    .isInstanceOf(WrongArgumentsException.class)
                    .hasMessageContaining("sample: '" + row[0] + "'")
                    .hasMessageContaining((String) row[2]);
        }
    }

    @Test
    public void aSetterThatIsNotBoundIsNoParameter() {
        assertThatThrownBy(() -> bind("hidden", "x"))
                .isInstanceOf(WrongArgumentsException.class)
                .hasMessageContaining("sample has no parameter 'hidden'")
                .hasMessageContaining("it knows name, count");
    }

    @Test
    public void oneUnnamedValueIsForTheOnlyRequiredParameter() {
        final Signature check = StepClass.of(AzsCheckExpiryStep.class).signature();
        assertThat(check.bind("east").values()).containsExactly(Map.entry("stamp", "east"));
        assertThatThrownBy(() -> StepClass.of(SampleStep.class).signature().bind("n"))
                .hasMessageContaining("must be named");
        assertThatThrownBy(() -> check.bind("east", 5)).hasMessageContaining("must be named");
        assertThatThrownBy(check::bind).hasMessageContaining("azsCheckExpiry needs 'stamp'");
    }

    @Test
    public void whatTheStepItselfRefusesIsSaidInItsWords() {
        final StepClass<AzsCheckExpiryStep> check = StepClass.of(AzsCheckExpiryStep.class);
        assertThatThrownBy(() -> check.instantiate(check.signature()
                        .bind(named("stamp", "east", "warnDays", -1))
                        .values()))
                .isInstanceOf(WrongArgumentsException.class)
                .hasMessageContaining("warnDays")
                .hasMessageContaining("-1");
        assertThatThrownBy(() ->
                        check.instantiate(check.signature().bind("not a label").values()))
                .isInstanceOf(WrongArgumentsException.class)
                .hasMessageContaining("stamp");
    }

    @Test
    public void whatAStepDoesWithoutMayBeLeftOut() {
        final StepClass<AzsRotateSecretsStep> rotate = StepClass.of(AzsRotateSecretsStep.class);

        final AzsRotateSecretsStep step = rotate.instantiate(rotate.signature()
                .bind(named("approvedPlan", "east-external-20261126-5k2f8q0c"))
                .values());

        assertThat(step.stampName()).isEqualTo("east");
    }
}
