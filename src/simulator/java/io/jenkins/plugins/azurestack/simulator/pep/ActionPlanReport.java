package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.powershell.clixml.PsNull;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.simulator.world.ActionPlan;
import io.jenkins.plugins.azurestack.simulator.world.ActionPlan.Status;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * What the stamp says of an action plan at some moment: the lines of an operator's console log of 1906 (Set-TLSPolicy,
 * the same engine), the closing texts of the rotation page's three states, and the object that follows them.
 */
record ActionPlanReport(World world, ActionPlan plan, Instant now) {
    private static final DateTimeFormatter CONSOLE =
            DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final UUID NO_PLAN = new UUID(0, 0);
    private static final List<String> CUSTOM_OBJECT =
            List.of("System.Management.Automation.PSCustomObject", "System.Object");

    /** The verbose lines of one poll. */
    List<String> poll() {
        final List<String> lines = new ArrayList<>(List.of(
                "Action plan instance ID specified: " + plan.id(),
                "StartTime: " + CONSOLE.format(plan.started()),
                "Timeout estimate: "
                        + span(Duration.between(
                                        plan.started(), plan.endOf(plan.steps().size() - 1))
                                .multipliedBy(2))));
        final String status = now.isAfter(plan.started()) ? status() : "Pending";
        lines.add(
                Since.INSTANCE_STATUS.in(world)
                        ? "ActionPlanInstanceID " + plan.id() + " CurrentStatus: " + status
                        : "Overall action status: '" + status + "'");
        if (now.isAfter(plan.started())) {
            for (int i = 0; i < plan.steps().size(); i++) {
                if (plan.status(i, now) == Status.RUNNING) {
                    lines.add("Step '" + plan.steps().get(i).name() + "' status: 'InProgress'");
                }
            }
        }
        return lines;
    }

    /** The verbose lines that come last. */
    List<String> closing() {
        final String status = status();
        if (!Since.INSTANCE_STATUS.in(world)) {
            // The page quotes the word without quotation marks.
            return List.of("Overall action status: " + (status.equals("Completed") ? "Success" : status), "DONE");
        }
        final String current = "ActionPlanInstanceID " + plan.id() + " CurrentStatus: " + status;
        return Since.PLAN_FINISHED.in(world)
                ? List.of(current, "Action plan finished with status: '" + status + "'")
                : List.of(current, "DONE");
    }

    /** {@code Running}, {@code Completed} or {@code Failed}. */
    String status() {
        return switch (plan.status(now)) {
            case NOT_STARTED -> "Pending";
            case RUNNING -> "Running";
            case COMPLETED -> "Completed";
            case FAILED -> "Failed";
        };
    }

    /** The plan's progress in the engine's own XML. */
    String progress() {
        final StringBuilder xml = new StringBuilder("<Action Type=\"")
                .append(plan.type())
                .append("\" Status=\"")
                .append(word(plan.status(now)))
                .append("\" StartTimeUtc=\"")
                .append(plan.started())
                .append('"')
                .append(ended() ? " EndTimeUtc=\"" + plan.ends() + "\"" : "")
                .append("><Steps>");
        for (int i = 0; i < plan.steps().size(); i++) {
            step(xml, i);
        }
        return xml.append("</Steps></Action>").toString();
    }

    private void step(final StringBuilder xml, final int number) {
        final ActionPlan.Step step = plan.steps().get(number);
        final Status status = plan.status(number, now);
        final String begun =
                status == Status.NOT_STARTED ? "" : plan.beginOf(number).toString();
        final boolean over = status == Status.COMPLETED || status == Status.FAILED;
        xml.append("<Step FullStepIndex=\"")
                .append(step.index())
                .append("\" Index=\"")
                .append(step.index().substring(step.index().lastIndexOf('.') + 1))
                .append("\" Name=\"")
                .append(escaped(step.name()))
                .append("\" Description=\"")
                .append(escaped(step.description()))
                .append("\" StartTimeUtc=\"")
                .append(begun)
                .append("\" Status=\"")
                .append(word(status))
                .append("\" EndTimeUtc=\"")
                .append(over ? plan.endOf(number) : "")
                .append("\"><Task RolePath=\"Cloud\" InterfaceType=\"")
                .append(plan.type())
                .append("\" Status=\"")
                .append(word(status))
                .append("\" RetryAttempts=\"0\"");
        if (status == Status.FAILED) {
            xml.append("><Exception><Message>")
                    .append(escaped(plan.failure().orElseThrow().reason()))
                    .append("</Message></Exception></Task>");
        } else {
            xml.append(" />");
        }
        xml.append("</Step>");
    }

    /** The action plan object, with every property that was seen on one. */
    PsObject object() {
        return PsObject.builder()
                .types(CUSTOM_OBJECT)
                .extended("InstanceID", PsPrimitive.of(plan.id()))
                .extended("ActionPlanName", plan.type())
                .extended("ActionTypeName", plan.type())
                .extended("RolePath", "Cloud")
                .extended("ProgressAsXml", progress())
                .extended("Status", status())
                .extended("StartDateTime", PsPrimitive.of(plan.started()))
                .extended("EndDateTime", ended() ? PsPrimitive.of(plan.ends()) : PsNull.NULL)
                .extended("LastModifiedDateTime", PsPrimitive.of(ended() ? plan.ends() : now))
                .extended("StartIndex", (String) null)
                .extended("EndIndex", (String) null)
                .extended("Skip", (String) null)
                .extended("Retries", 0)
                .extended("ParentActionPlanInstanceID", PsPrimitive.of(NO_PLAN))
                .extended("LockType", "ExclusiveLock")
                .extended("RuntimeParameters", PsNull.NULL)
                .extended(
                        "RemediationInstance",
                        plan.rerunOf().<PsValue>map(PsPrimitive::of).orElse(PsNull.NULL))
                .extended("OnCompleteInstance", PsNull.NULL)
                .extended("InstanceType", "ActionPlan")
                .extended(
                        "AdditionalInformation",
                        plan.failure().map(ActionPlan.Failure::reason).orElse(null))
                .extended("CorrelationRequestId", PsPrimitive.of(NO_PLAN))
                .build();
    }

    private boolean ended() {
        return plan.status(now) != Status.RUNNING;
    }

    private static String word(final Status status) {
        return switch (status) {
            case NOT_STARTED -> "";
            case RUNNING -> "InProgress";
            case COMPLETED -> "Success";
            case FAILED -> "Error";
        };
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String span(final Duration duration) {
        return String.format(
                Locale.ROOT,
                duration.toDaysPart() > 0 ? "%1$d.%2$02d:%3$02d:%4$02d" : "%2$02d:%3$02d:%4$02d",
                duration.toDaysPart(),
                duration.toHoursPart(),
                duration.toMinutesPart(),
                duration.toSecondsPart());
    }
}
