package io.jenkins.plugins.azurestack.jenkins.config;

import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.azurestack.jenkins.FieldRules;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import io.jenkins.plugins.azurestack.stamp.BmcSettings;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.util.Optional;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A node's BMC, as configured. */
public final class ConfiguredBmc implements Describable<ConfiguredBmc> {
    private final String node;
    private final String address;
    private String fingerprint;

    /**
     * @param node the node's name
     * @param address an IP address or a host name
     * @throws Rejected if one of them can't be right
     */
    @DataBoundConstructor
    public ConfiguredBmc(final String node, final String address) {
        this.node = FieldRules.nodeName("node", node);
        this.address = addressOf(address);
    }

    private static String addressOf(final String address) {
        return FieldRules.host("address", FieldRules.required("address", address, "an IP address such as 10.30.4.11"));
    }

    public String getNode() {
        return node;
    }

    public String getAddress() {
        return address;
    }

    /** SHA-256 of the one certificate that this BMC is believed with; null where an authority vouches for it. */
    public String getFingerprint() {
        return fingerprint;
    }

    /** @param fingerprint 64 hexadecimal digits, with or without colons */
    @DataBoundSetter
    public void setFingerprint(final String fingerprint) {
        this.fingerprint = FieldRules.fingerprint("fingerprint", fingerprint);
    }

    /** The same as the engines know it. */
    BmcSettings.Bmc toBmc() {
        return new BmcSettings.Bmc(
                FieldRules.nodeName("node", node),
                addressOf(address),
                Optional.ofNullable(FieldRules.fingerprint("fingerprint", fingerprint)));
    }

    /** Describes a BMC's form. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ConfiguredBmc> {
        @Override
        public String getDisplayName() {
            return Messages.ConfiguredBmc_DisplayName();
        }

        @POST
        public FormValidation doCheckNode(@QueryParameter final String value) {
            return FormCheck.of(() -> FieldRules.nodeName("node", value));
        }

        @POST
        public FormValidation doCheckAddress(@QueryParameter final String value) {
            return FormCheck.of(() -> addressOf(value));
        }

        @POST
        public FormValidation doCheckFingerprint(@QueryParameter final String value) {
            return FormCheck.of(() -> FieldRules.fingerprint("fingerprint", value));
        }
    }
}
