package io.jenkins.plugins.azurestack.stamp;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a maintenance run has to know of a stamp, besides what an expiry check knows. Credentials are named by their ids.
 *
 * @param privilegedEndpoints up to three addresses of the privileged endpoint
 * @param overTls whether it is reached over HTTPS on 5986, rather than over sealed HTTP on 5985
 * @param cloudAdmin a user name with password: a member of CloudAdmins
 * @param certificateShare the UNC path whose last element is {@code Certificates}
 * @param shareAccount a user name with password: reads and writes there
 * @param operator the service principal for Resource Manager: client id with secret, or a certificate
 * @param approvalRequired whether somebody else has to approve each plan
 * @param allowedJobs full names of jobs, and of folders whose jobs, may rotate; none unless named
 * @param operatorClientId the client id of an operator's service principal that is a certificate
 * @param transcriptShare the UNC path to which the privileged endpoint moves its transcripts after a rotation
 * @param durable whether a run that Jenkins can't resume after a crash gets no plan
 */
public record Maintenance(
        List<String> privilegedEndpoints,
        boolean overTls,
        Optional<String> cloudAdmin,
        Optional<String> certificateShare,
        Optional<String> shareAccount,
        Optional<String> operator,
        boolean approvalRequired,
        Set<String> allowedJobs,
        Optional<String> operatorClientId,
        Optional<String> transcriptShare,
        boolean durable) {
    public Maintenance {
        privilegedEndpoints = List.copyOf(privilegedEndpoints);
        Objects.requireNonNull(cloudAdmin, "cloudAdmin");
        Objects.requireNonNull(certificateShare, "certificateShare");
        Objects.requireNonNull(shareAccount, "shareAccount");
        Objects.requireNonNull(operator, "operator");
        allowedJobs = Collections.unmodifiableSet(new LinkedHashSet<>(allowedJobs));
        Objects.requireNonNull(operatorClientId, "operatorClientId");
        Objects.requireNonNull(transcriptShare, "transcriptShare");
    }

    /** One whose operator is no certificate, whose transcripts stay where they are, and whose runs have to be durable. */
    public Maintenance(
            final List<String> privilegedEndpoints,
            final boolean overTls,
            final Optional<String> cloudAdmin,
            final Optional<String> certificateShare,
            final Optional<String> shareAccount,
            final Optional<String> operator,
            final boolean approvalRequired,
            final Set<String> allowedJobs) {
        this(
                privilegedEndpoints,
                overTls,
                cloudAdmin,
                certificateShare,
                shareAccount,
                operator,
                approvalRequired,
                allowedJobs,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    /**
     * Whether a job may rotate: it, or a folder it is in, is named.
     *
     * @param fullName the job's full name, such as {@code maintenance/azure-stack}
     */
    public boolean allows(final String fullName) {
        return allowedJobs.stream().anyMatch(allowed -> fullName.equals(allowed) || fullName.startsWith(allowed + "/"));
    }
}
