package io.jenkins.plugins.azurestack.jenkins.step;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.azurestack.jenkins.FieldRules;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import io.jenkins.plugins.azurestack.jenkins.config.CredentialKind;
import io.jenkins.plugins.azurestack.stamp.DnsName;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.UpdateBmcArguments;
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
 * {@code azsUpdateBmc}: plans a new password for the BMCs of a stamp, carries out an approved plan, goes on with an update
 * that was left unfinished, or takes it back. Data only; setters throw {@link Rejected} for what cannot be right, and what
 * contradicts another argument is rejected when the step starts.
 */
public final class AzsUpdateBmcStep extends Step implements Serializable {
    /** The ids of plans and updates begin with their stamp. */
    private static final Pattern ID = Pattern.compile("(.+)-bmc-[0-9]{8}-[0-9a-z]+");

    private final String stamp;
    private String newCredentialsId = "";
    private boolean generate;
    private boolean plan;
    private String approvedPlan = "";
    private String resume = "";
    private boolean back;
    private ArrayList<String> acceptUnknown = new ArrayList<>();
    private int timeout;
    private String via = Via.CONTROLLER;

    /**
     * @param stamp the name of a configured stamp; may be left out where the id of a plan or update says it
     * @throws Rejected if it cannot be the name of one
     */
    @DataBoundConstructor
    public AzsUpdateBmcStep(final String stamp) {
        this.stamp = stamp == null || stamp.isBlank() ? "" : DnsName.requireLabel("stamp", stamp);
    }

    public String getStamp() {
        return stamp;
    }

    /**
     * The stamp's name, as given or as the id of the plan or update says it.
     *
     * @throws Rejected if neither does
     */
    public String stampName() {
        final Matcher id = ID.matcher(approvedPlan.isEmpty() ? resume : approvedPlan);
        return stamp.isEmpty() && id.matches()
                ? DnsName.requireLabel("stamp", id.group(1))
                : DnsName.requireLabel("stamp", stamp);
    }

    private static String text(final String field, final String value) {
        final String text = FieldRules.text(field, value);
        return text == null ? "" : text;
    }

    public String getNewCredentialsId() {
        return newCredentialsId;
    }

    /** @param newCredentialsId the id of a user name with password: the new password */
    @DataBoundSetter
    public void setNewCredentialsId(final String newCredentialsId) {
        this.newCredentialsId = text("newCredentialsId", newCredentialsId);
    }

    public boolean getGenerate() {
        return generate;
    }

    /** @param generate whether a new password is made */
    @DataBoundSetter
    public void setGenerate(final boolean generate) {
        this.generate = generate;
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

    public String getResume() {
        return resume;
    }

    /** @param resume the id of the update that is to be gone on with */
    @DataBoundSetter
    public void setResume(final String resume) {
        this.resume = text("resume", resume);
    }

    public boolean getBack() {
        return back;
    }

    /** @param back whether that update, which stopped half its way, is to be taken back */
    @DataBoundSetter
    public void setBack(final boolean back) {
        this.back = back;
    }

    public List<String> getAcceptUnknown() {
        return new ArrayList<>(acceptUnknown);
    }

    /** @param acceptUnknown conditions whose being unknown is accepted */
    @DataBoundSetter
    public void setAcceptUnknown(final List<String> acceptUnknown) {
        this.acceptUnknown = FieldRules.lines("acceptUnknown", acceptUnknown);
    }

    public int getTimeout() {
        return timeout;
    }

    /** @param timeout seconds to wait for the stamp's call; 0 for four hours */
    @DataBoundSetter
    public void setTimeout(final int timeout) {
        if (timeout < 0) {
            throw new Rejected("timeout", timeout + " is negative; give seconds, or leave it out");
        }
        this.timeout = timeout;
    }

    public String getVia() {
        return via;
    }

    /** @param via {@code controller}, or {@code agent} inside {@code node} */
    @DataBoundSetter
    public void setVia(final String via) {
        this.via = Via.parse(via);
    }

    /**
     * The arguments together, as the run class takes them.
     *
     * @throws Rejected if they contradict each other
     */
    public UpdateBmcArguments toArguments() {
        return new UpdateBmcArguments(
                newCredentialsId, generate, plan, approvedPlan, resume, back, acceptUnknown, timeout);
    }

    @Override
    public StepExecution start(final StepContext context) {
        return new AzsUpdateBmcExecution(this, context);
    }

    private static final long serialVersionUID = 1L;

    /** Describes the step and its form. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "azsUpdateBmc";
        }

        @Override
        public String getDisplayName() {
            return Messages.AzsUpdateBmcStep_DisplayName();
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
        public ListBoxModel doFillViaItems(@AncestorInPath final Item item, @QueryParameter final String via) {
            return Via.items(item, via);
        }

        @POST
        public ListBoxModel doFillNewCredentialsIdItems(@QueryParameter final String newCredentialsId) {
            return CredentialKind.LOGIN.items(newCredentialsId);
        }

        @POST
        public FormValidation doCheckNewCredentialsId(@QueryParameter final String value) {
            return CredentialKind.LOGIN.check(value);
        }
    }
}
