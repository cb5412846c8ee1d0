package io.jenkins.plugins.azurestack.jenkins.config;

import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.azurestack.jenkins.FieldRules;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import io.jenkins.plugins.azurestack.stamp.BmcSettings;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.DnsName;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.ResourceProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.wiring.ConnectionTrial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A stamp as it is configured, on the page or in JCasC. Every setter throws {@link Rejected} for a value that cannot
 * be right, since JCasC knows no form checks. A list takes several values in one element, each on a line of its own,
 * because that is how a form sends it.
 */
public final class ConfiguredStamp implements Describable<ConfiguredStamp> {
    private static final List<String> IDENTITY_PROVIDERS =
            Arrays.stream(IdentityProvider.values()).map(Enum::name).toList();
    private static final List<String> RESOURCE_PROVIDERS = Arrays.stream(ResourceProvider.values())
            .map(ResourceProvider::configName)
            .toList();
    private static final List<String> PEP_TRANSPORTS = List.of("http", "https");
    private static final List<String> BMC_ACCESSES = List.of("redfish", "stamp");
    private static final List<String> APPROVALS = List.of("required", "none");
    private static final List<String> DURABILITIES = List.of("required", "optional");

    private static final String TRANSCRIPTS = "\\\\host\\share\\folder";

    private final String name;
    private final String region;
    private final String externalFqdn;
    private String identityProvider = IDENTITY_PROVIDERS.get(0);
    private ArrayList<String> resourceProviders = new ArrayList<>();

    private ArrayList<ConfiguredCertificate> certificates = new ArrayList<>();
    private String certificatePasswordCredentialsId;
    private String certificateShare;
    private String shareCredentialsId;
    private String trustedCertificatesCredentialsId;
    private ArrayList<String> excluded = new ArrayList<>();

    private ArrayList<String> privilegedEndpoints = new ArrayList<>();
    private String pepTransport = PEP_TRANSPORTS.get(0);
    private String cloudAdminCredentialsId;
    private String operatorCredentialsId;
    private String operatorClientId;
    private String transcriptShare;

    private String bmcCredentialsId;
    private String bmcAccess = BMC_ACCESSES.get(0);
    private ArrayList<ConfiguredBmc> bmcs = new ArrayList<>();

    private String approval = APPROVALS.get(0);
    private ArrayList<String> allowedJobs = new ArrayList<>();
    private String durability = DURABILITIES.get(0);

    /**
     * @param name what jobs call the stamp: one DNS label
     * @param region the region name, one DNS label
     * @param externalFqdn the external domain name without the region
     * @throws Rejected if one of them is not a DNS name
     */
    @DataBoundConstructor
    public ConfiguredStamp(final String name, final String region, final String externalFqdn) {
        this.name = DnsName.requireLabel("name", name);
        this.region = DnsName.requireLabel("region", region);
        this.externalFqdn = DnsName.require("externalFqdn", externalFqdn);
    }

    /** Fills in what a file of an older version does not have. */
    protected Object readResolve() {
        identityProvider = identityProvider == null ? IDENTITY_PROVIDERS.get(0) : identityProvider;
        pepTransport = pepTransport == null ? PEP_TRANSPORTS.get(0) : pepTransport;
        bmcAccess = bmcAccess == null ? BMC_ACCESSES.get(0) : bmcAccess;
        approval = approval == null ? APPROVALS.get(0) : approval;
        durability = durability == null ? DURABILITIES.get(0) : durability;
        resourceProviders = copy(resourceProviders);
        certificates = copy(certificates);
        excluded = copy(excluded);
        privilegedEndpoints = copy(privilegedEndpoints);
        bmcs = copy(bmcs);
        allowedJobs = copy(allowedJobs);
        return this;
    }

    private static <T> ArrayList<T> copy(final List<T> list) {
        return list == null ? new ArrayList<>() : new ArrayList<>(list);
    }

    /** Empty only if somebody took the name out of the file. */
    public String getName() {
        return name == null ? "" : name;
    }

    public String getRegion() {
        return region;
    }

    public String getExternalFqdn() {
        return externalFqdn;
    }

    public String getIdentityProvider() {
        return identityProvider;
    }

    /** @param identityProvider AAD or ADFS */
    @DataBoundSetter
    public void setIdentityProvider(final String identityProvider) {
        this.identityProvider = FieldRules.word("identityProvider", identityProvider, IDENTITY_PROVIDERS);
    }

    public List<String> getResourceProviders() {
        return copy(resourceProviders);
    }

    /** @param resourceProviders words of {@link ResourceProvider#configName} */
    @DataBoundSetter
    public void setResourceProviders(final List<String> resourceProviders) {
        this.resourceProviders = resourceProviderWords(resourceProviders);
    }

    private static ArrayList<String> resourceProviderWords(final List<String> words) {
        return FieldRules.lines("resourceProviders", words).stream()
                .map(word -> FieldRules.word("resourceProviders", word, RESOURCE_PROVIDERS))
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    public List<ConfiguredCertificate> getCertificates() {
        return copy(certificates);
    }

    /** @param certificates at most one for each folder */
    @DataBoundSetter
    public void setCertificates(final List<ConfiguredCertificate> certificates) {
        final ArrayList<ConfiguredCertificate> accepted = copy(certificates);
        final Set<String> folders = new LinkedHashSet<>();
        for (final ConfiguredCertificate certificate : accepted) {
            if (!folders.add(certificate.getFolder())) {
                throw new Rejected(
                        "certificates",
                        "folder '" + certificate.getFolder() + "' is there twice; name one credential for each folder");
            }
        }
        this.certificates = accepted;
    }

    /** The id of the credential with the set's one password; null where there is none. */
    public String getCertificatePasswordCredentialsId() {
        return certificatePasswordCredentialsId;
    }

    @DataBoundSetter
    public void setCertificatePasswordCredentialsId(final String certificatePasswordCredentialsId) {
        this.certificatePasswordCredentialsId =
                FieldRules.text("certificatePasswordCredentialsId", certificatePasswordCredentialsId);
    }

    public String getCertificateShare() {
        return certificateShare;
    }

    /** @param certificateShare a UNC path whose last element is the folder {@code Certificates} */
    @DataBoundSetter
    public void setCertificateShare(final String certificateShare) {
        this.certificateShare = FieldRules.share("certificateShare", certificateShare);
    }

    public String getShareCredentialsId() {
        return shareCredentialsId;
    }

    @DataBoundSetter
    public void setShareCredentialsId(final String shareCredentialsId) {
        this.shareCredentialsId = FieldRules.text("shareCredentialsId", shareCredentialsId);
    }

    /** The id of the credential with roots to trust besides the JVM's; null where there is none. */
    public String getTrustedCertificatesCredentialsId() {
        return trustedCertificatesCredentialsId;
    }

    @DataBoundSetter
    public void setTrustedCertificatesCredentialsId(final String trustedCertificatesCredentialsId) {
        this.trustedCertificatesCredentialsId =
                FieldRules.text("trustedCertificatesCredentialsId", trustedCertificatesCredentialsId);
    }

    public List<String> getExcluded() {
        return copy(excluded);
    }

    /** @param excluded names of folders, endpoints ({@code name:port}) or credentials that a check leaves out */
    @DataBoundSetter
    public void setExcluded(final List<String> excluded) {
        this.excluded = FieldRules.lines("excluded", excluded);
    }

    public List<String> getPrivilegedEndpoints() {
        return copy(privilegedEndpoints);
    }

    /** @param privilegedEndpoints IP addresses or names of the ERCS machines */
    @DataBoundSetter
    public void setPrivilegedEndpoints(final List<String> privilegedEndpoints) {
        this.privilegedEndpoints = FieldRules.hosts("privilegedEndpoints", privilegedEndpoints);
    }

    public String getPepTransport() {
        return pepTransport;
    }

    /** @param pepTransport {@code http} (sealed NTLM on port 5985) or {@code https} */
    @DataBoundSetter
    public void setPepTransport(final String pepTransport) {
        this.pepTransport = FieldRules.word("pepTransport", pepTransport, PEP_TRANSPORTS);
    }

    public String getCloudAdminCredentialsId() {
        return cloudAdminCredentialsId;
    }

    @DataBoundSetter
    public void setCloudAdminCredentialsId(final String cloudAdminCredentialsId) {
        this.cloudAdminCredentialsId = FieldRules.text("cloudAdminCredentialsId", cloudAdminCredentialsId);
    }

    public String getOperatorCredentialsId() {
        return operatorCredentialsId;
    }

    @DataBoundSetter
    public void setOperatorCredentialsId(final String operatorCredentialsId) {
        this.operatorCredentialsId = FieldRules.text("operatorCredentialsId", operatorCredentialsId);
    }

    /** The client id of a service principal that is a certificate; null where there is none. */
    public String getOperatorClientId() {
        return operatorClientId;
    }

    @DataBoundSetter
    public void setOperatorClientId(final String operatorClientId) {
        this.operatorClientId = FieldRules.text("operatorClientId", operatorClientId);
    }

    /** Where transcripts go after a rotation; null if they stay where they are. */
    public String getTranscriptShare() {
        return transcriptShare;
    }

    /** @param transcriptShare a UNC path */
    @DataBoundSetter
    public void setTranscriptShare(final String transcriptShare) {
        this.transcriptShare = FieldRules.unc("transcriptShare", transcriptShare, TRANSCRIPTS);
    }

    public String getBmcCredentialsId() {
        return bmcCredentialsId;
    }

    @DataBoundSetter
    public void setBmcCredentialsId(final String bmcCredentialsId) {
        this.bmcCredentialsId = FieldRules.text("bmcCredentialsId", bmcCredentialsId);
    }

    public String getBmcAccess() {
        return bmcAccess;
    }

    /** @param bmcAccess {@code redfish}, or {@code stamp} where only the stamp reaches its BMCs */
    @DataBoundSetter
    public void setBmcAccess(final String bmcAccess) {
        this.bmcAccess = FieldRules.word("bmcAccess", bmcAccess, BMC_ACCESSES);
    }

    public List<ConfiguredBmc> getBmcs() {
        return copy(bmcs);
    }

    /** @param bmcs each node and each address once; none where Resource Manager is to name them */
    @DataBoundSetter
    public void setBmcs(final List<ConfiguredBmc> bmcs) {
        final ArrayList<ConfiguredBmc> accepted = copy(bmcs);
        final Set<String> known = new LinkedHashSet<>();
        for (final ConfiguredBmc bmc : accepted) {
            if (!known.add("node " + bmc.getNode().toLowerCase(Locale.ROOT))) {
                throw new Rejected("bmcs", "node '" + bmc.getNode() + "' is there twice; name each node once");
            }
            if (!known.add("address " + bmc.getAddress().toLowerCase(Locale.ROOT))) {
                throw new Rejected("bmcs", "address '" + bmc.getAddress() + "' is there twice; each BMC has its own");
            }
        }
        this.bmcs = accepted;
    }

    public String getApproval() {
        return approval;
    }

    /** @param approval {@code required} or {@code none} */
    @DataBoundSetter
    public void setApproval(final String approval) {
        this.approval = FieldRules.word("approval", approval, APPROVALS);
    }

    public List<String> getAllowedJobs() {
        return copy(allowedJobs);
    }

    /** @param allowedJobs full names of the jobs and folders that may rotate or update this stamp; none if empty */
    @DataBoundSetter
    public void setAllowedJobs(final List<String> allowedJobs) {
        this.allowedJobs = FieldRules.lines("allowedJobs", allowedJobs);
    }

    public String getDurability() {
        return durability;
    }

    /** @param durability {@code required}, or {@code optional} where a run may plan that Jenkins can't resume */
    @DataBoundSetter
    public void setDurability(final String durability) {
        this.durability = FieldRules.word("durability", durability, DURABILITIES);
    }

    /**
     * The stamp as the engines know it. Its words are looked at again, since no setter saw those of a file that somebody
     * edited, or that a newer version wrote.
     *
     * @throws Rejected if a word means nothing, or a certificate belongs to a folder that this stamp cannot have
     */
    public Stamp toStamp() {
        final Stamp stamp = new Stamp(
                name,
                region,
                externalFqdn,
                IdentityProvider.valueOf(FieldRules.word("identityProvider", identityProvider, IDENTITY_PROVIDERS)),
                resourceProviderWords(resourceProviders).stream()
                        .flatMap(word -> ResourceProvider.named(word).stream())
                        .collect(Collectors.toSet()),
                certificates.stream().map(ConfiguredCertificate::toStored).toList(),
                Optional.ofNullable(certificatePasswordCredentialsId),
                Optional.ofNullable(trustedCertificatesCredentialsId),
                new LinkedHashSet<>(excluded));
        stamp.certificates().forEach(certificate -> requirePart(stamp, certificate.folder()));
        return stamp;
    }

    /**
     * What a maintenance run has to know besides. Its words are looked at again, too.
     *
     * @throws Rejected if a word means nothing
     */
    Maintenance toMaintenance() {
        return new Maintenance(
                FieldRules.hosts("privilegedEndpoints", privilegedEndpoints),
                FieldRules.word("pepTransport", pepTransport, PEP_TRANSPORTS).equals("https"),
                Optional.ofNullable(cloudAdminCredentialsId),
                Optional.ofNullable(FieldRules.share("certificateShare", certificateShare)),
                Optional.ofNullable(shareCredentialsId),
                Optional.ofNullable(operatorCredentialsId),
                !FieldRules.word("approval", approval, APPROVALS).equals("none"),
                new LinkedHashSet<>(allowedJobs),
                Optional.ofNullable(operatorClientId),
                Optional.ofNullable(FieldRules.unc("transcriptShare", transcriptShare, TRANSCRIPTS)),
                !FieldRules.word("durability", durability, DURABILITIES).equals("optional"));
    }

    /**
     * What an update of the BMC password has to know. Its words are looked at again, too.
     *
     * @throws Rejected if a word means nothing
     */
    BmcSettings toBmcSettings() {
        return new BmcSettings(
                Optional.ofNullable(bmcCredentialsId),
                FieldRules.word("bmcAccess", bmcAccess, BMC_ACCESSES).equals("redfish"),
                bmcs.stream().map(ConfiguredBmc::toBmc).toList());
    }

    private static void requirePart(final Stamp stamp, final CertificateFolder folder) {
        if (!folder.isPartOf(stamp)) {
            throw new Rejected(
                    "certificates",
                    "stamp '" + stamp.name() + "' has no folder '" + folder.folderName() + "' with identityProvider "
                            + stamp.identityProvider()
                            + " and its resourceProviders; set those as the stamp has them, or remove the certificate");
        }
    }

    /** Describes a stamp's form. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ConfiguredStamp> {
        @Override
        public String getDisplayName() {
            return Messages.ConfiguredStamp_DisplayName();
        }

        /** A list as the form shows it. */
        public String lines(final List<String> values) {
            return FieldRules.text(values);
        }

        @POST
        public FormValidation doCheckName(@QueryParameter final String value) {
            return FormCheck.of(() -> DnsName.requireLabel("name", value));
        }

        @POST
        public FormValidation doCheckRegion(@QueryParameter final String value) {
            return FormCheck.of(() -> DnsName.requireLabel("region", value));
        }

        @POST
        public FormValidation doCheckExternalFqdn(@QueryParameter final String value) {
            return FormCheck.of(() -> DnsName.require("externalFqdn", value));
        }

        @POST
        public FormValidation doCheckResourceProviders(@QueryParameter final String value) {
            return FormCheck.of(() -> resourceProviderWords(FormCheck.typed(value)));
        }

        @POST
        public FormValidation doCheckPrivilegedEndpoints(@QueryParameter final String value) {
            return FormCheck.of(() -> FieldRules.hosts("privilegedEndpoints", FormCheck.typed(value)));
        }

        @POST
        public FormValidation doCheckCertificateShare(@QueryParameter final String value) {
            return FormCheck.of(() -> FieldRules.share("certificateShare", value));
        }

        /** Signs in at the privileged endpoint with what is typed. */
        @POST
        public FormValidation doTestPrivilegedEndpoint(
                @QueryParameter final String name,
                @QueryParameter final String region,
                @QueryParameter final String externalFqdn,
                @QueryParameter final String privilegedEndpoints,
                @QueryParameter final String pepTransport,
                @QueryParameter final String cloudAdminCredentialsId,
                @QueryParameter final String trustedCertificatesCredentialsId)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FormTest.of(ConnectionTrial.What.PRIVILEGED_ENDPOINT, () -> {
                final ConfiguredStamp typed = new ConfiguredStamp(name, region, externalFqdn);
                typed.setPrivilegedEndpoints(FormCheck.typed(privilegedEndpoints));
                typed.setPepTransport(pepTransport);
                typed.setCloudAdminCredentialsId(cloudAdminCredentialsId);
                typed.setTrustedCertificatesCredentialsId(trustedCertificatesCredentialsId);
                return typed;
            });
        }

        /** Asks Resource Manager with what is typed. */
        @POST
        public FormValidation doTestResourceManager(
                @QueryParameter final String name,
                @QueryParameter final String region,
                @QueryParameter final String externalFqdn,
                @QueryParameter final String identityProvider,
                @QueryParameter final String operatorCredentialsId,
                @QueryParameter final String operatorClientId,
                @QueryParameter final String certificatePasswordCredentialsId,
                @QueryParameter final String trustedCertificatesCredentialsId)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FormTest.of(
                    ConnectionTrial.What.RESOURCE_MANAGER,
                    () -> operated(
                            new ConfiguredStamp(name, region, externalFqdn),
                            identityProvider,
                            operatorCredentialsId,
                            operatorClientId,
                            certificatePasswordCredentialsId,
                            trustedCertificatesCredentialsId));
        }

        /** Opens the certificate share with what is typed. */
        @POST
        public FormValidation doTestShare(
                @QueryParameter final String name,
                @QueryParameter final String region,
                @QueryParameter final String externalFqdn,
                @QueryParameter final String certificateShare,
                @QueryParameter final String shareCredentialsId)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FormTest.of(ConnectionTrial.What.SHARE, () -> {
                final ConfiguredStamp typed = new ConfiguredStamp(name, region, externalFqdn);
                typed.setCertificateShare(certificateShare);
                typed.setShareCredentialsId(shareCredentialsId);
                return typed;
            });
        }

        /** Finds the BMCs with what is typed, and looks whether they answer; nobody logs in there. */
        @POST
        public FormValidation doTestBmcs(
                @QueryParameter final String name,
                @QueryParameter final String region,
                @QueryParameter final String externalFqdn,
                @QueryParameter final String identityProvider,
                @QueryParameter final String operatorCredentialsId,
                @QueryParameter final String operatorClientId,
                @QueryParameter final String certificatePasswordCredentialsId,
                @QueryParameter final String trustedCertificatesCredentialsId)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FormTest.of(
                    ConnectionTrial.What.BMC,
                    () -> operated(
                            new ConfiguredStamp(name, region, externalFqdn),
                            identityProvider,
                            operatorCredentialsId,
                            operatorClientId,
                            certificatePasswordCredentialsId,
                            trustedCertificatesCredentialsId));
        }

        private static ConfiguredStamp operated(
                final ConfiguredStamp typed,
                final String identityProvider,
                final String operatorCredentialsId,
                final String operatorClientId,
                final String certificatePasswordCredentialsId,
                final String trustedCertificatesCredentialsId) {
            typed.setIdentityProvider(identityProvider);
            typed.setOperatorCredentialsId(operatorCredentialsId);
            typed.setOperatorClientId(operatorClientId);
            typed.setCertificatePasswordCredentialsId(certificatePasswordCredentialsId);
            typed.setTrustedCertificatesCredentialsId(trustedCertificatesCredentialsId);
            return typed;
        }

        @POST
        public FormValidation doCheckTranscriptShare(@QueryParameter final String value) {
            return FormCheck.of(() -> FieldRules.unc("transcriptShare", value, TRANSCRIPTS));
        }

        @POST
        public ListBoxModel doFillIdentityProviderItems(@QueryParameter final String identityProvider) {
            return FormCheck.words(IDENTITY_PROVIDERS, identityProvider);
        }

        @POST
        public ListBoxModel doFillPepTransportItems(@QueryParameter final String pepTransport) {
            return FormCheck.words(PEP_TRANSPORTS, pepTransport);
        }

        @POST
        public ListBoxModel doFillBmcAccessItems(@QueryParameter final String bmcAccess) {
            return FormCheck.words(BMC_ACCESSES, bmcAccess);
        }

        @POST
        public ListBoxModel doFillApprovalItems(@QueryParameter final String approval) {
            return FormCheck.words(APPROVALS, approval);
        }

        @POST
        public ListBoxModel doFillDurabilityItems(@QueryParameter final String durability) {
            return FormCheck.words(DURABILITIES, durability);
        }

        @POST
        public ListBoxModel doFillCertificatePasswordCredentialsIdItems(
                @QueryParameter final String certificatePasswordCredentialsId) {
            return CredentialKind.PASSWORD.items(certificatePasswordCredentialsId);
        }

        @POST
        public FormValidation doCheckCertificatePasswordCredentialsId(@QueryParameter final String value) {
            return CredentialKind.PASSWORD.check(value);
        }

        @POST
        public ListBoxModel doFillShareCredentialsIdItems(@QueryParameter final String shareCredentialsId) {
            return CredentialKind.LOGIN.items(shareCredentialsId);
        }

        @POST
        public FormValidation doCheckShareCredentialsId(@QueryParameter final String value) {
            return CredentialKind.LOGIN.check(value);
        }

        @POST
        public ListBoxModel doFillTrustedCertificatesCredentialsIdItems(
                @QueryParameter final String trustedCertificatesCredentialsId) {
            return CredentialKind.TRUSTED_ROOTS.items(trustedCertificatesCredentialsId);
        }

        @POST
        public FormValidation doCheckTrustedCertificatesCredentialsId(@QueryParameter final String value) {
            return CredentialKind.TRUSTED_ROOTS.check(value);
        }

        @POST
        public ListBoxModel doFillCloudAdminCredentialsIdItems(@QueryParameter final String cloudAdminCredentialsId) {
            return CredentialKind.LOGIN.items(cloudAdminCredentialsId);
        }

        @POST
        public FormValidation doCheckCloudAdminCredentialsId(@QueryParameter final String value) {
            return CredentialKind.LOGIN.check(value);
        }

        @POST
        public ListBoxModel doFillOperatorCredentialsIdItems(@QueryParameter final String operatorCredentialsId) {
            return CredentialKind.SERVICE_PRINCIPAL.items(operatorCredentialsId);
        }

        @POST
        public FormValidation doCheckOperatorCredentialsId(@QueryParameter final String value) {
            return CredentialKind.SERVICE_PRINCIPAL.check(value);
        }

        @POST
        public ListBoxModel doFillBmcCredentialsIdItems(@QueryParameter final String bmcCredentialsId) {
            return CredentialKind.LOGIN.items(bmcCredentialsId);
        }

        @POST
        public FormValidation doCheckBmcCredentialsId(@QueryParameter final String value) {
            return CredentialKind.LOGIN.check(value);
        }
    }
}
