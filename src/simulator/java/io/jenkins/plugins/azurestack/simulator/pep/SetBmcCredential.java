package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.remoting.Cmdlet;
import io.jenkins.plugins.azurestack.simulator.remoting.Invocation;
import io.jenkins.plugins.azurestack.simulator.remoting.Streams;
import io.jenkins.plugins.azurestack.simulator.remoting.TerminatingError;
import io.jenkins.plugins.azurestack.simulator.world.ActionPlan;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code Set-BmcCredential} (rotation page): before 1910 it only changes what the stamp keeps, from then on the BMCs too,
 * unless it is told to bypass them.
 */
final class SetBmcCredential implements Cmdlet {
    private static final String PASSWORD = "BmcPassword";
    private static final String USER = "BmcUser";
    private static final String BYPASS = "BypassBMCUpdate";
    private static final int LONGEST = 16;

    private final World world;
    private final BmcCredential credential;
    private final ActionPlanFollower follower;

    SetBmcCredential(final World world, final BmcCredential credential, final ActionPlanFollower follower) {
        this.world = world;
        this.credential = credential;
        this.follower = follower;
    }

    @Override
    public String name() {
        return BmcCredential.FUNCTION;
    }

    @Override
    public List<Parameter> parameters() {
        return Stream.concat(
                        Stream.of(Parameter.secure(PASSWORD).required(), Parameter.value(USER, "System.String")),
                        Stream.of(Parameter.ofSwitch(BYPASS)).filter(bypass -> Since.BMC_WRITTEN.in(world)))
                .toList();
    }

    @Override
    public void run(final Invocation invocation, final Streams streams) throws TerminatingError, InterruptedException {
        final String user =
                invocation.text(USER).filter(text -> !text.isEmpty()).orElseGet(credential::user);
        if (user.length() > LONGEST) {
            throw Errors.invalid(name(), USER, "A user name of a BMC has " + LONGEST + " characters at most.");
        }
        final char[] password = invocation.secret(PASSWORD).orElseThrow(() -> Errors.nullArgument(PASSWORD, name()));
        final Optional<ActionPlan> started;
        try {
            if (password.length == 0 || password.length > LONGEST && Since.INSTANCE_STATUS.in(world)) {
                throw Errors.invalid(name(), PASSWORD, "A password of a BMC has 1 to " + LONGEST + " characters.");
            }
            started = credential.change(
                    user, password, Since.BMC_WRITTEN.in(world) && !invocation.isOn(BYPASS), invocation.caller());
        } finally {
            Arrays.fill(password, '\0');
        }
        follower.follow(
                started.orElseThrow(() -> Errors.busy(name(), "Another action plan is running.")), name(), streams);
    }
}
