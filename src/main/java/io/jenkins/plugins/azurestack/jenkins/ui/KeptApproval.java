package io.jenkins.plugins.azurestack.jenkins.ui;

import io.jenkins.plugins.azurestack.journal.Approval;
import java.time.Instant;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** That somebody approved a plan on its page, in the record of the build that made it. Immutable. */
@ExportedBean(defaultVisibility = 2)
public final class KeptApproval {
    private final String planId;
    private final String hash;
    private final String approver;
    /** ISO 8601. */
    private final String at;

    private final String how;

    /** @param hash of what the person was shown */
    KeptApproval(final Approval approval, final String hash) {
        this.planId = approval.planId();
        this.hash = hash;
        this.approver = approval.approver();
        this.at = approval.at().toString();
        this.how = approval.how();
    }

    @Exported
    public String getPlanId() {
        return planId;
    }

    /** SHA-256 of what was approved. */
    @Exported
    public String getHash() {
        return hash;
    }

    /** By user id. */
    @Exported
    public String getApprover() {
        return approver;
    }

    @Exported
    public String getAt() {
        return at;
    }

    Approval toApproval() {
        return new Approval(planId, approver, Instant.parse(at), how);
    }
}
