package io.jenkins.plugins.azurestack.jenkins.step;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.azurestack.jenkins.FieldRules;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import io.jenkins.plugins.azurestack.stamp.DnsName;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.CertificateRequestsArguments;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
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
 * {@code azsCertificateRequests}: makes the certificate signing requests of a stamp, and joins what an authority issued
 * with their keys. Data only; setters throw {@link Rejected} for what cannot be right, and what contradicts another
 * argument is rejected when the step starts.
 */
public final class AzsCertificateRequestsStep extends Step implements Serializable {
    private static final String PEM = "-----BEGIN ";

    private final String stamp;
    private ArrayList<String> folders = new ArrayList<>();
    private String subject = "";
    private int keyLength;
    private boolean clientAuthentication;
    private ArrayList<String> newKeys = new ArrayList<>();
    private ArrayList<String> issued = new ArrayList<>();
    private String via = Via.CONTROLLER;

    /**
     * @param stamp the name of a configured stamp
     * @throws Rejected if it cannot be the name of one
     */
    @DataBoundConstructor
    public AzsCertificateRequestsStep(final String stamp) {
        this.stamp = DnsName.requireLabel("stamp", stamp);
    }

    public String getStamp() {
        return stamp;
    }

    public List<String> getFolders() {
        return new ArrayList<>(folders);
    }

    /** @param folders names of certificate folders; none for all that the stamp rotates */
    @DataBoundSetter
    public void setFolders(final List<String> folders) {
        this.folders = FieldRules.lines("folders", folders);
    }

    public String getSubject() {
        return subject;
    }

    /** @param subject of all requests; empty to take that of the portal's certificate */
    @DataBoundSetter
    public void setSubject(final String subject) {
        final String text = FieldRules.text("subject", subject);
        this.subject = text == null ? "" : text;
    }

    public int getKeyLength() {
        return keyLength;
    }

    /** @param keyLength bits of new keys; 0 for what the portal's certificate has, or 2048 */
    @DataBoundSetter
    public void setKeyLength(final int keyLength) {
        this.keyLength = keyLength;
    }

    public boolean getClientAuthentication() {
        return clientAuthentication;
    }

    /** @param clientAuthentication whether requests ask for client authentication besides */
    @DataBoundSetter
    public void setClientAuthentication(final boolean clientAuthentication) {
        this.clientAuthentication = clientAuthentication;
    }

    public List<String> getNewKeys() {
        return new ArrayList<>(newKeys);
    }

    /** @param newKeys names of folders whose pending keys are set aside for new ones */
    @DataBoundSetter
    public void setNewKeys(final List<String> newKeys) {
        this.newKeys = FieldRules.lines("newKeys", newKeys);
    }

    public List<String> getIssued() {
        return new ArrayList<>(issued);
    }

    /**
     * @param issued PEM texts, or paths in the workspace, one a line
     * @throws Rejected if one holds a private key, which is not kept then
     */
    @DataBoundSetter
    public void setIssued(final List<String> issued) {
        final ArrayList<String> texts = new ArrayList<>();
        for (final String text : issued == null ? List.<String>of() : issued) {
            if (text != null && text.contains("PRIVATE KEY")) {
                throw new Rejected(
                        "issued",
                        "holds a private key, which belongs in no argument of a build; give certificates only, and"
                                + " regard that key as known to others");
            }
            if (text != null && text.contains(PEM)) {
                texts.add(text);
            } else {
                texts.addAll(FieldRules.lines("issued", Collections.singletonList(text)));
            }
        }
        this.issued = texts;
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
    public CertificateRequestsArguments toArguments() {
        return new CertificateRequestsArguments(folders, subject, keyLength, clientAuthentication, newKeys, issued);
    }

    @Override
    public StepExecution start(final StepContext context) {
        return new AzsCertificateRequestsExecution(this, context);
    }

    private static final long serialVersionUID = 1L;

    /** Describes the step and its form. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "azsCertificateRequests";
        }

        @Override
        public String getDisplayName() {
            return Messages.AzsCertificateRequestsStep_DisplayName();
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
        public ListBoxModel doFillViaItems(@AncestorInPath final Item item, @QueryParameter final String via) {
            return Via.items(item, via);
        }

        @POST
        public ListBoxModel doFillKeyLengthItems(
                @AncestorInPath final Item item, @QueryParameter final String keyLength) {
            return StepItems.words(item, List.of("0", "2048", "4096"), keyLength);
        }
    }
}
