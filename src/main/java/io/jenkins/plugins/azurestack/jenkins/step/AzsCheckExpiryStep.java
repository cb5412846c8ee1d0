package io.jenkins.plugins.azurestack.jenkins.step;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.azurestack.expiry.Thresholds;
import io.jenkins.plugins.azurestack.jenkins.FieldRules;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import io.jenkins.plugins.azurestack.stamp.DnsName;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.CheckExpiryArguments;
import io.jenkins.plugins.azurestack.wiring.Policy;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code azsCheckExpiry}: finds every certificate of a stamp that is near its end. Data only; setters throw
 * {@link Rejected} for what cannot be right.
 */
public final class AzsCheckExpiryStep extends Step implements Serializable {
    private static final List<String> POLICIES =
            Arrays.stream(Policy.values()).map(Enum::name).toList();

    private final String stamp;
    private int warnDays = Thresholds.STAMP_ALERTS.warnDays();
    private int criticalDays = Thresholds.STAMP_ALERTS.criticalDays();
    private ArrayList<String> sources = new ArrayList<>();
    private String unstableOn = Policy.WARNING.name();
    private String failOn = Policy.CRITICAL.name();
    private String via = Via.CONTROLLER;
    private int timeout = Math.toIntExact(CheckExpiryArguments.DEFAULT_TIMEOUT.toSeconds());

    /**
     * @param stamp the name of a configured stamp
     * @throws Rejected if it cannot be the name of one
     */
    @DataBoundConstructor
    public AzsCheckExpiryStep(final String stamp) {
        this.stamp = DnsName.requireLabel("stamp", stamp);
    }

    public String getStamp() {
        return stamp;
    }

    public int getWarnDays() {
        return warnDays;
    }

    /** @param warnDays whole days ahead from which an expiry is a WARNING; 90 unless set */
    @DataBoundSetter
    public void setWarnDays(final int warnDays) {
        this.warnDays = days("warnDays", warnDays);
    }

    public int getCriticalDays() {
        return criticalDays;
    }

    /** @param criticalDays whole days ahead from which an expiry is CRITICAL; 30 unless set */
    @DataBoundSetter
    public void setCriticalDays(final int criticalDays) {
        this.criticalDays = days("criticalDays", criticalDays);
    }

    private static int days(final String field, final int days) {
        if (days < 0) {
            throw new Rejected(field, days + " is negative; give whole days from now, 0 for what ends within a day");
        }
        return days;
    }

    public List<String> getSources() {
        return new ArrayList<>(sources);
    }

    /** @param sources names of {@link CheckExpiryArguments#SOURCES}; all of them unless set */
    @DataBoundSetter
    public void setSources(final List<String> sources) {
        final ArrayList<String> wanted = FieldRules.lines("sources", sources);
        arguments(Thresholds.STAMP_ALERTS, wanted, timeout);
        this.sources = wanted;
    }

    public String getUnstableOn() {
        return unstableOn;
    }

    /** @param unstableOn the name of a {@link Policy}; WARNING unless set */
    @DataBoundSetter
    public void setUnstableOn(final String unstableOn) {
        this.unstableOn = Policy.parse("unstableOn", unstableOn).name();
    }

    public String getFailOn() {
        return failOn;
    }

    /** @param failOn the name of a {@link Policy}; CRITICAL unless set */
    @DataBoundSetter
    public void setFailOn(final String failOn) {
        this.failOn = Policy.parse("failOn", failOn).name();
    }

    public String getVia() {
        return via;
    }

    /** @param via {@code controller}, or {@code agent} inside {@code node} */
    @DataBoundSetter
    public void setVia(final String via) {
        this.via = Via.parse(via);
    }

    public int getTimeout() {
        return timeout;
    }

    /** @param timeout seconds that the whole step may take, 1 to 86400; 300 unless set */
    @DataBoundSetter
    public void setTimeout(final int timeout) {
        arguments(Thresholds.STAMP_ALERTS, sources, timeout);
        this.timeout = timeout;
    }

    /**
     * The arguments together, as the run class takes them.
     *
     * @throws Rejected if they contradict each other
     */
    public CheckExpiryArguments toArguments() {
        return arguments(new Thresholds(warnDays, criticalDays), sources, timeout);
    }

    private CheckExpiryArguments arguments(final Thresholds thresholds, final List<String> sources, final int timeout) {
        return new CheckExpiryArguments(
                thresholds, sources, Policy.valueOf(unstableOn), Policy.valueOf(failOn), Duration.ofSeconds(timeout));
    }

    @Override
    public StepExecution start(final StepContext context) {
        return new AzsCheckExpiryExecution(this, context);
    }

    private static final long serialVersionUID = 1L;

    /** Describes the step and its form. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "azsCheckExpiry";
        }

        @Override
        public String getDisplayName() {
            return Messages.AzsCheckExpiryStep_DisplayName();
        }

        /** A list as the form shows it. */
        public String lines(final List<String> values) {
            return FieldRules.text(values);
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @Override
        public String argumentsToString(final Map<String, Object> namedArgs) {
            return namedArgs.get("stamp") instanceof String name ? name : null;
        }

        @POST
        public ListBoxModel doFillStampItems(@AncestorInPath final Item item, @QueryParameter final String stamp) {
            return StepItems.stamps(item, stamp);
        }

        @POST
        public ListBoxModel doFillUnstableOnItems(
                @AncestorInPath final Item item, @QueryParameter final String unstableOn) {
            return StepItems.words(item, POLICIES, unstableOn);
        }

        @POST
        public ListBoxModel doFillFailOnItems(@AncestorInPath final Item item, @QueryParameter final String failOn) {
            return StepItems.words(item, POLICIES, failOn);
        }

        @POST
        public ListBoxModel doFillViaItems(@AncestorInPath final Item item, @QueryParameter final String via) {
            return Via.items(item, via);
        }
    }
}
