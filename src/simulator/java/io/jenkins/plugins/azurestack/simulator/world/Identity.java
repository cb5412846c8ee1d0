package io.jenkins.plugins.azurestack.simulator.world;

import java.util.Objects;

/**
 * Who may use a stamp, as it was deployed. Holds passwords and prints none.
 *
 * @param netBiosName of the stamp's own domain, such as {@code AZURESTACK}
 * @param internalDomain the stamp's own domain, such as {@code azurestack.local}
 * @param cloudAdmin the member of CloudAdmins, without its domain
 * @param cloudAdminPassword its password
 * @param tenant the directory tenant's id, on AD FS stamps too
 * @param clientId of the operator's service principal
 * @param clientSecret of the operator's service principal
 * @param bmcUser the account that all BMCs share
 * @param bmcPassword its password when the stamp was deployed
 * @param shareUser who may read and write the certificate share
 * @param sharePassword that user's password
 */
public record Identity(
        String netBiosName,
        String internalDomain,
        String cloudAdmin,
        String cloudAdminPassword,
        String tenant,
        String clientId,
        String clientSecret,
        String bmcUser,
        String bmcPassword,
        String shareUser,
        String sharePassword) {
    public Identity {
        Objects.requireNonNull(netBiosName, "netBiosName");
        Objects.requireNonNull(internalDomain, "internalDomain");
        Objects.requireNonNull(cloudAdmin, "cloudAdmin");
        Objects.requireNonNull(cloudAdminPassword, "cloudAdminPassword");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(clientSecret, "clientSecret");
        Objects.requireNonNull(bmcUser, "bmcUser");
        Objects.requireNonNull(bmcPassword, "bmcPassword");
        Objects.requireNonNull(shareUser, "shareUser");
        Objects.requireNonNull(sharePassword, "sharePassword");
    }

    /** The one that every simulated stamp has unless it is told otherwise. */
    public static Identity usual() {
        return new Identity(
                "AZURESTACK",
                "azurestack.local",
                "CloudAdmin",
                "Simulated-CloudAdmin-1",
                "5f1ed000-0000-4000-8000-00000000aad0",
                "5f1ed000-0000-4000-8000-0000000000c1",
                "simulated-client-secret-1",
                "azsadmin",
                "Simulated1Bmc",
                "CONTOSO\\azs-rotation",
                "Simulated-Share-1");
    }

    /** Names only. */
    @Override
    public String toString() {
        return "Identity[" + netBiosName + "\\" + cloudAdmin + ", " + clientId + ", " + bmcUser + "]";
    }
}
