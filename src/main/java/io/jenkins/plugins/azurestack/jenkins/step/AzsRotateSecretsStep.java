package io.jenkins.plugins.azurestack.jenkins.step;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.azurestack.jenkins.FieldRules;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredCertificate;
import io.jenkins.plugins.azurestack.rotation.RotationScope;
import io.jenkins.plugins.azurestack.stamp.DnsName;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import io.jenkins.plugins.azurestack.wiring.RotateSecretsArguments;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
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
 * {@code azsRotateSecrets}: plans a rotation of a stamp's secrets, carries out an approved plan, goes on with a rotation
 * that was left unfinished. Data only; setters throw {@link Rejected} for what cannot be right, and what contradicts
 * another argument is rejected when the step starts.
 */
public final class AzsRotateSecretsStep extends Step implements Serializable {
    /** The ids of plans and rotations begin with their stamp. */
    private static final Pattern ID = Pattern.compile("(.+)-(external|internal)-[0-9]{8}-[0-9a-z]+");

    private final String stamp;
    private String scope = "";
    private boolean plan;
    private String approvedPlan = "";
    private String reason = "";
    private ArrayList<String> acceptUnknown = new ArrayList<>();
    private String resume = "";
    private boolean rerun;
    private ArrayList<ConfiguredCertificate> certificates = new ArrayList<>();
    private String via = Via.CONTROLLER;
    private int timeout;

    /**
     * @param stamp the name of a configured stamp; may be left out where the id of a plan or rotation says it
     * @throws Rejected if it cannot be the name of one
     */
    @DataBoundConstructor
    public AzsRotateSecretsStep(final String stamp) {
        this.stamp = stamp == null || stamp.isBlank() ? "" : DnsName.requireLabel("stamp", stamp);
    }

    public String getStamp() {
        return stamp;
    }

    /**
     * The stamp's name, as given or as the id of the plan or rotation says it.
     *
     * @throws Rejected if neither does
     */
    public String stampName() {
        final Matcher id = ID.matcher(approvedPlan.isEmpty() ? resume : approvedPlan);
        return stamp.isEmpty() && id.matches()
                ? DnsName.requireLabel("stamp", id.group(1))
                : DnsName.requireLabel("stamp", stamp);
    }

    public String getScope() {
        return scope;
    }

    /** @param scope {@code external} or {@code internal} */
    @DataBoundSetter
    public void setScope(final String scope) {
        final String wanted = text("scope", scope);
        if (!wanted.isEmpty() && RotationScope.named(wanted).isEmpty()) {
            throw new Rejected("scope", "'" + Text.printable(wanted) + "' is not 'external' or 'internal'");
        }
        this.scope = wanted;
    }

    private static String text(final String field, final String value) {
        final String text = FieldRules.text(field, value);
        return text == null ? "" : text;
    }

    public boolean getPlan() {
        return plan;
    }

    /** @param plan whether a plan is to be made, which changes nothing */
    @DataBoundSetter
    public void setPlan(final boolean plan) {
        this.plan = plan;
    }

    public String getApprovedPlan() {
        return approvedPlan;
    }

    /** @param approvedPlan the id of the plan that is to be carried out */
    @DataBoundSetter
    public void setApprovedPlan(final String approvedPlan) {
        this.approvedPlan = text("approvedPlan", approvedPlan);
    }

    public String getReason() {
        return reason;
    }

    /** @param reason {@code compromise}, for an internal plan without an alert */
    @DataBoundSetter
    public void setReason(final String reason) {
        this.reason = text("reason", reason);
    }

    public List<String> getAcceptUnknown() {
        return new ArrayList<>(acceptUnknown);
    }

    /** @param acceptUnknown conditions whose being unknown is accepted */
    @DataBoundSetter
    public void setAcceptUnknown(final List<String> acceptUnknown) {
        this.acceptUnknown = FieldRules.lines("acceptUnknown", acceptUnknown);
    }

    public String getResume() {
        return resume;
    }

    /** @param resume the id of the rotation that is to be gone on with */
    @DataBoundSetter
    public void setResume(final String resume) {
        this.resume = text("resume", resume);
    }

    public boolean getRerun() {
        return rerun;
    }

    /** @param rerun whether that rotation, which has failed, is to be run again */
    @DataBoundSetter
    public void setRerun(final boolean rerun) {
        this.rerun = rerun;
    }

    public List<ConfiguredCertificate> getCertificates() {
        return new ArrayList<>(certificates);
    }

    /** @param certificates in place of those that are configured for their folders */
    @DataBoundSetter
    public void setCertificates(final List<ConfiguredCertificate> certificates) {
        this.certificates = certificates == null ? new ArrayList<>() : new ArrayList<>(certificates);
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

    /** @param timeout seconds to wait for the stamp's action plan; 0 for six hours external, two days internal */
    @DataBoundSetter
    public void setTimeout(final int timeout) {
        if (timeout < 0) {
            throw new Rejected("timeout", timeout + " is negative; give seconds, or leave it out");
        }
        this.timeout = timeout;
    }

    /**
     * The arguments together, as the run class takes them.
     *
     * @throws Rejected if they contradict each other
     */
    public RotateSecretsArguments toArguments() {
        return new RotateSecretsArguments(
                scope,
                plan,
                approvedPlan,
                reason,
                acceptUnknown,
                resume,
                rerun,
                certificates.stream().map(ConfiguredCertificate::toStored).toList(),
                timeout);
    }

    @Override
    public StepExecution start(final StepContext context) {
        return new AzsRotateSecretsExecution(this, context);
    }

    private static final long serialVersionUID = 1L;

    /** Describes the step and its form. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "azsRotateSecrets";
        }

        @Override
        public String getDisplayName() {
            return Messages.AzsRotateSecretsStep_DisplayName();
        }

        /** A list as the form shows it. */
        public String lines(final List<String> values) {
            return FieldRules.text(values);
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class);
        }

        @Override
        public String argumentsToString(final Map<String, Object> namedArgs) {
            return PlannedStep.shown(namedArgs);
        }

        @POST
        public ListBoxModel doFillStampItems(@AncestorInPath final Item item, @QueryParameter final String stamp) {
            return StepItems.stamps(item, stamp);
        }

        @POST
        public ListBoxModel doFillScopeItems(@AncestorInPath final Item item, @QueryParameter final String scope) {
            return StepItems.words(item, List.of("", "external", "internal"), scope);
        }

        @POST
        public ListBoxModel doFillReasonItems(@AncestorInPath final Item item, @QueryParameter final String reason) {
            return StepItems.words(item, List.of("", "compromise"), reason);
        }

        @POST
        public ListBoxModel doFillViaItems(@AncestorInPath final Item item, @QueryParameter final String via) {
            return Via.items(item, via);
        }
    }
}
