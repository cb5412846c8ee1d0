package io.jenkins.plugins.azurestack.jenkins.ui;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** What a build's record keeps over a restart, and what it makes of the record of an older version. */
public class ApprovalAcrossRestartTest {
    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    @Test
    public void whoApprovedIsStillKnown() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            final var run = Evidences.build(jenkins, "starter");
            try (ACLContext context = ACL.as2(User.getById("approver", true).impersonate2())) {
                assertThat(context).isNotNull();
                run.getAction(StampBuildAction.class).doApprove(Evidences.PLAN, Evidences.HASH);
            }
        });
        sessions.then(jenkins -> {
            final WorkflowJob job = jenkins.jenkins.getItemByFullName("rotate", WorkflowJob.class);
            assertThat(StampBuildAction.approvals(job, Evidences.PLAN))
                    .singleElement()
                    .satisfies(approval -> {
                        assertThat(approval.approver()).isEqualTo("approver");
                        assertThat(approval.at()).isBefore(Instant.now());
                        assertThat(approval.how()).isEqualTo("on the page of rotate #1");
                    });
            assertThat(StampBuildAction.approvals(job, "other")).isEmpty();
        });
    }

    @Test
    public void theRecordOfAnOlderVersionIsRead() throws Throwable {
        sessions.then(jenkins -> {
            final Path record =
                    Evidences.build(jenkins, "starter").getRootDir().toPath().resolve("build.xml");
            final String now = Files.readString(record);
            final String older = now.replaceAll("(?s)<approvals.*?</approvals>|<approvals[^>]*/>", "")
                    .replaceAll("<hash>[^<]*</hash>", "")
                    .replaceAll("<daysLeft>", "<fieldOfLongAgo>x</fieldOfLongAgo><daysLeft>");
            assertThat(older).isNotEqualTo(now);
            Files.writeString(record, older);
        });
        sessions.then(jenkins -> {
            final StampBuildAction action = jenkins.jenkins
                    .getItemByFullName("rotate", WorkflowJob.class)
                    .getBuildByNumber(1)
                    .getAction(StampBuildAction.class);
            assertThat(action.getApprovals()).isEqualTo(List.of());
            assertThat(action.getEvidence()).extracting(KeptEvidence::getStamp).containsOnly("east");
            assertThat(action.getEvidence()).extracting(KeptEvidence::getHash).containsOnly("");
            assertThat(action.getSections()).hasSize(2);
        });
    }
}
