package io.jenkins.plugins.azurestack.jenkins.ui;

import hudson.model.Cause;
import hudson.model.CauseAction;
import io.jenkins.plugins.azurestack.jenkins.StampHome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Builds with evidence on their pages, as steps leave it. */
final class Evidences {
    static final String PLAN = "east-external-20261126-abcdefgh";
    static final String HASH = "cafe0000";
    static final String HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>";

    private Evidences() {}

    /** A build that somebody has started, with a check and an open plan. */
    static WorkflowRun build(final JenkinsRule jenkins, final String starter) throws Exception {
        final WorkflowJob job = jenkins.jenkins.getItem("rotate") instanceof WorkflowJob there
                ? there
                : jenkins.createProject(WorkflowJob.class, "rotate");
        job.setDefinition(new CpsFlowDefinition("echo 'nothing'", true));
        final WorkflowRun run = jenkins.assertBuildStatusSuccess(
                job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(starter))));
        keep(run, "expiry-east.json", check());
        keep(run, PLAN + "-plan.json", plan(Instant.now().plus(Duration.ofHours(20))));
        return run;
    }

    static void keep(final WorkflowRun run, final String name, final String content) throws Exception {
        final Path folder = Files.createDirectories(run.getRootDir().toPath().resolve(StampHome.FOLDER));
        Files.writeString(folder.resolve(name), content);
        StampBuildAction.keep(run, name, content.getBytes(StandardCharsets.UTF_8));
    }

    static String check() {
        return """
                {"schema":1,"stamp":"east","domain":"east.contoso.com","checkedAt":"2026-11-26T12:00:00Z",
                 "severity":"CRITICAL","summary":"CRITICAL: %1$s ends in 3 days","warnDays":90,"criticalDays":30,
                 "counts":{"critical":1},"sources":["endpoints"],
                 "next":{"name":"%1$s","notAfter":"2026-11-29T13:00:00Z","daysLeft":3},
                 "findings":[{"kind":"EXPIRY","severity":"CRITICAL","name":"%1$s","folders":[],"message":"%1$s",
                   "advice":"%1$s","subject":"CN=%1$s","thumbprint":"AB","notAfter":"2026-11-29T13:00:00Z","daysLeft":3,
                   "seenAt":[{"source":"endpoints","name":"%1$s","folder":""}]}],"excluded":[]}
                """
                .formatted(HOSTILE);
    }

    static String plan(final Instant expires) {
        return """
                {"schema":1,"kind":"plan","id":"%s","stamp":"east","domain":"east.contoso.com","version":"1.2501.1.47",
                 "scope":"external","state":"READY","open":true,"message":"Ready: %s","summary":"Ready","hash":"%s",
                 "call":"Start-SecretRotation","madeAt":"2026-11-26T12:00:00Z","expiresAt":"%s",
                 "gates":[{"name":"alerts","verdict":"passed","message":"none","advice":""}],"certificates":[]}
                """
                .formatted(PLAN, HOSTILE, HASH, expires);
    }
}
