package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.TypeNames;
import io.jenkins.plugins.azurestack.simulator.remoting.Cmdlet;
import io.jenkins.plugins.azurestack.simulator.remoting.Invocation;
import io.jenkins.plugins.azurestack.simulator.remoting.Streams;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.util.List;

/** {@code Get-AzureStackUpdateStatus} (monitor-update page): XML with steps, or an object whose value is a word. */
final class GetAzureStackUpdateStatus implements Cmdlet {
    private static final String STATUS_ONLY = "StatusOnly";
    /** When the stamp got the release that it has; nobody asks. */
    private static final String UPDATED = "2026-01-17T02:00:00Z";

    private final World world;

    GetAzureStackUpdateStatus(final World world) {
        this.world = world;
    }

    @Override
    public String name() {
        return "Get-AzureStackUpdateStatus";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.ofSwitch(STATUS_ONLY));
    }

    @Override
    public void run(final Invocation invocation, final Streams streams) throws InterruptedException {
        final boolean running = world.faults().strikes(Fault.UPDATE_RUNNING, name()) || world.isUpdating();
        if (invocation.isOn(STATUS_ONLY)) {
            final String word = running ? "Running" : "Completed";
            streams.output(PsObject.builder()
                    .types(TypeNames.enumeration("CloudEngine.Actions.ActionPlanInstanceStatus"))
                    .text(word)
                    .extended("Value", word)
                    .build());
            return;
        }
        streams.output(PsPrimitive.of("<Action Type=\"MasUpdate\" Status=\"" + (running ? "InProgress" : "Success")
                + "\" StartTimeUtc=\"" + UPDATED + "\"" + (running ? "" : " EndTimeUtc=\"" + UPDATED + "\"")
                + "><Steps>" + step("1.0", "PreUpdate checks", "Success")
                + step("2.0", "Update of infrastructure roles", running ? "InProgress" : "Success")
                + step("3.0", "Cleanup", running ? "" : "Success") + "</Steps></Action>"));
    }

    private static String step(final String index, final String name, final String status) {
        return "<Step FullStepIndex=\"" + index + "\" Index=\"" + index + "\" Name=\"" + name
                + "\" Description=\"\" StartTimeUtc=\"" + (status.isEmpty() ? "" : UPDATED) + "\" Status=\"" + status
                + "\" EndTimeUtc=\"" + (status.equals("Success") ? UPDATED : "") + "\" />";
    }
}
