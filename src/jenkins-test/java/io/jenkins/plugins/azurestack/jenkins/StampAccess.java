package io.jenkins.plugins.azurestack.jenkins;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.Secret;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredCertificate;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.wiring.RotatingStamp;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/**
 * What a Jenkins has to know of a simulated stamp to work with it, and how it is told, be it in another JVM: the secrets are
 * in the store of the folder {@code maintenance}, whose jobs may change the stamp.
 */
public final class StampAccess implements Serializable {
    public static final String FOLDER = "maintenance";

    private static final long serialVersionUID = 1L;
    private static final int TWO_YEARS = 720;

    private final String provider;
    /** User names and passwords, by the credential's id. */
    private final LinkedHashMap<String, String[]> logins = new LinkedHashMap<>();

    private final LinkedHashMap<String, byte[]> files = new LinkedHashMap<>();
    /** Folders of certificates, by the id of their credential. */
    private final LinkedHashMap<String, String> certificates = new LinkedHashMap<>();

    private final List<String> privilegedEndpoints = new ArrayList<>(World.PRIVILEGED_ENDPOINTS);
    private transient List<IssuedCertificate> issued = new ArrayList<>();

    private StampAccess(final String provider) {
        this.provider = provider;
    }

    static StampAccess of(final SimulatedStamp simulated, final byte[] roots) {
        final StampAccess access =
                new StampAccess(simulated.stamp().identityProvider().name());
        final Identity identity = simulated.world().identity();
        access.login(
                "east-cloudadmin",
                identity.netBiosName() + "\\" + identity.cloudAdmin(),
                identity.cloudAdminPassword());
        access.login("east-share", identity.shareUser(), identity.sharePassword());
        access.login("east-operator", identity.clientId(), identity.clientSecret());
        access.login("east-bmc", identity.bmcUser(), identity.bmcPassword());
        access.files.put("east-roots", roots);
        for (final CertificateFolder folder : simulated.stamp().rotationFolders()) {
            final IssuedCertificate fresh = simulated.issue(simulated.specimen(folder, TWO_YEARS));
            final String id =
                    "east-" + folder.folderName().toLowerCase(Locale.ROOT).replace(' ', '-');
            access.files.put(id, fresh.pfx(RotatingStamp.SET_PASSWORD.toCharArray()));
            access.certificates.put(id, folder.folderName());
            access.issued.add(fresh);
        }
        return access;
    }

    private void login(final String id, final String user, final String password) {
        logins.put(id, new String[] {user, password});
    }

    /** The user's name and the password, by the credential's id. */
    public Map<String, String[]> logins() {
        return logins;
    }

    /** What was issued for the certificate credentials; not in another JVM. */
    public List<IssuedCertificate> issued() {
        return issued;
    }

    /**
     * Configures the Jenkins in this JVM.
     *
     * @return the folder, whose store has the secrets
     */
    public Folder configure() throws Exception {
        final ConfiguredStamp east = new ConfiguredStamp("east", "east", "azurestack.contoso.com");
        east.setIdentityProvider(provider);
        east.setPrivilegedEndpoints(privilegedEndpoints);
        east.setCloudAdminCredentialsId("east-cloudadmin");
        east.setCertificateShare("\\\\10.30.0.50\\rotation\\Certificates");
        east.setShareCredentialsId("east-share");
        east.setOperatorCredentialsId("east-operator");
        east.setBmcCredentialsId("east-bmc");
        east.setTrustedCertificatesCredentialsId("east-roots");
        east.setCertificatePasswordCredentialsId("east-pfx");
        final List<ConfiguredCertificate> set = new ArrayList<>();
        certificates.forEach((id, folder) -> set.add(new ConfiguredCertificate(folder, id)));
        east.setCertificates(set);
        east.setApproval("none");
        east.setAllowedJobs(List.of(FOLDER));
        AzureStackHubConfiguration.get().setStamps(List.of(east));
        final Folder folder = Jenkins.get().createProject(Folder.class, FOLDER);
        final CredentialsStore store = store(folder);
        for (final Map.Entry<String, String[]> login : logins.entrySet()) {
            final String[] held = login.getValue();
            store.addCredentials(
                    Domain.global(),
                    new UsernamePasswordCredentialsImpl(
                            CredentialsScope.GLOBAL, login.getKey(), null, held[0], held[1]));
        }
        for (final Map.Entry<String, byte[]> file : files.entrySet()) {
            store.addCredentials(
                    Domain.global(),
                    new FileCredentialsImpl(
                            CredentialsScope.GLOBAL,
                            file.getKey(),
                            null,
                            file.getKey(),
                            SecretBytes.fromRawBytes(file.getValue())));
        }
        store.addCredentials(
                Domain.global(),
                new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "east-pfx", null, Secret.fromString(RotatingStamp.SET_PASSWORD)));
        return folder;
    }

    /** A job of the folder with a script in the sandbox; one that is there gets another script. */
    public static WorkflowJob job(final String name, final String script) throws Exception {
        final Folder folder = Jenkins.get().getItemByFullName(FOLDER, Folder.class);
        final WorkflowJob job = folder.getItem(name) instanceof WorkflowJob there
                ? there
                : folder.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    public static CredentialsStore store(final Folder folder) {
        for (final CredentialsStore store : CredentialsProvider.lookupStores(folder)) {
            if (store.getContext() == folder) {
                return store;
            }
        }
        throw new AssertionError("A folder has a store");
    }

    /** A credential of the folder's store; null if it is not there. */
    public static StandardCredentials kept(final String id) {
        final Folder folder = Jenkins.get().getItemByFullName(FOLDER, Folder.class);
        return store(folder).getCredentials(Domain.global()).stream()
                .filter(one ->
                        one instanceof IdCredentials named && named.getId().equals(id))
                .map(StandardCredentials.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** The password of a credential of the folder's store; empty if it is not there. */
    public static String password(final String id) {
        return kept(id) instanceof UsernamePasswordCredentialsImpl login
                ? login.getPassword().getPlainText()
                : "";
    }
}
