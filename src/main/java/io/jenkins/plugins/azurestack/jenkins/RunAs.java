package io.jenkins.plugins.azurestack.jenkins;

import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.springframework.security.core.Authentication;

/** Whom a build runs as, and what that one may. */
public final class RunAs {
    private RunAs() {}

    /** Whom the build of a step runs as, at its start and after a restart of Jenkins alike. */
    public static Authentication of(final StepContext context) throws IOException, InterruptedException {
        return context.get(FlowExecution.class).getAuthentication2();
    }

    /**
     * Refuses a step that the user whom its build runs as may not use. Jenkins's own user, which builds run as unless it is
     * configured otherwise, may use all.
     *
     * @param who whom the build runs as
     * @param permission on the build's job
     * @param name the permission's name, for people
     * @throws Rejected if that user lacks it; nothing was done
     */
    public static void require(
            final Run<?, ?> run, final Authentication who, final Permission permission, final String name) {
        if (!run.getParent().hasPermission2(who, permission)) {
            throw new Rejected(
                    "stamp",
                    "this build runs as the user '" + Text.printable(who.getName())
                            + "', who lacks the permission Azure Stack Hub/" + name + " on the job '"
                            + Text.printable(run.getParent().getFullName())
                            + "'. Nothing was done. Grant it, or let the job run as somebody who has it");
        }
    }
}
