package io.jenkins.plugins.azurestack.jenkins.step;

import hudson.model.Item;
import hudson.model.Result;
import hudson.security.Permission;
import io.jenkins.plugins.azurestack.jenkins.AzureStackHubPermissions;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** A build that runs as a user is bound by what that user may. */
public class StepPermissionsInPipelineTest {
    private static final String CHECK = "azsCheckExpiry(stamp: 'east', sources: ['credentials'], failOn: 'NEVER')";
    private static final String PLAN = "azsRotateSecrets(stamp: 'east', scope: 'internal', plan: true)";
    private static final String RESUME = "azsRotateSecrets(stamp: 'east', resume: 'east-internal-20261126-abcdefgh')";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private WorkflowJob job;

    @Before
    public void configure() throws Exception {
        final ConfiguredStamp east = new ConfiguredStamp("east", "east", "azurestack.invalid");
        east.setAllowedJobs(List.of("rotate"));
        AzureStackHubConfiguration.get().setStamps(List.of(east));
        job = jenkins.createProject(WorkflowJob.class, "rotate");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
    }

    @Test
    public void withoutThePermissionEachStepIsRefusedInOneSentence() throws Exception {
        runAs("alice");
        for (final Map.Entry<String, String> step :
                Map.of(CHECK, "Check", PLAN, "Plan", RESUME, "Rotate").entrySet()) {
            final WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, with(step.getKey()));
            jenkins.assertLogContains(
                    "runs as the user 'alice', who lacks the permission Azure Stack Hub/" + step.getValue()
                            + " on the job 'rotate'. Nothing was done.",
                    run);
        }
    }

    @Test
    public void withThePermissionTheStepGoesOn() throws Exception {
        runAs("alice", AzureStackHubPermissions.CHECK, AzureStackHubPermissions.PLAN, AzureStackHubPermissions.ROTATE);
        for (final String step : List.of(PLAN, RESUME)) {
            jenkins.assertLogNotContains(
                    "lacks the permission", jenkins.buildAndAssertStatus(Result.FAILURE, with(step)));
        }
    }

    @Test
    public void aBuildOfJenkinsItselfNeedsNone() throws Exception {
        jenkins.assertLogNotContains(
                "lacks the permission", jenkins.buildAndAssertStatus(Result.FAILURE, with(RESUME)));
    }

    private WorkflowJob with(final String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private void runAs(final String user, final Permission... permissions) {
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate(
                                "rotate", hudson.model.User.getById(user, true).impersonate2()));
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to(user)
                .grant(permissions)
                .everywhere()
                .to(user));
    }
}
