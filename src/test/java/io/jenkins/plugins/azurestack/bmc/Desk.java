package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.ForgetfulDisk;
import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.SecretGuard;
import io.jenkins.plugins.azurestack.journal.StampFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Plans, applies and resumes updates of a rack on paper, as builds do that follow each other. */
final class Desk {
    private static final Path HOME = Path.of("/jenkins");

    final PaperRack rack;
    ForgetfulDisk disk = new ForgetfulDisk().with(HOME.resolve("config.xml"), new byte[0]);
    private final Random random;

    Desk(final PaperRack rack) {
        this(rack, 20261126);
    }

    Desk(final PaperRack rack, final long seed) {
        this.rack = rack;
        this.random = new Random(seed);
    }

    StampFiles files() {
        return new StampFiles(disk, HOME.resolve("azs"), "east", PaperRack.KEY, SecretGuard.PRIVATE_KEYS, rack.clock());
    }

    private BmcWorld world() throws IOException {
        files().prepare();
        return rack.world(new LoginBudget(disk, HOME.resolve("azs/stamps/east"), PaperRack.KEY, rack.clock()));
    }

    private BmcLimits limits() {
        return new BmcLimits(
                Duration.ofHours(4),
                Duration.ofMinutes(1),
                Duration.ofMinutes(70),
                Duration.ofMinutes(30),
                rack.parallel);
    }

    BmcRotation engine() throws IOException {
        return new BmcRotation(world(), files(), limits(), rack.clock(), random, rack.listener());
    }

    BmcPlan plan(final BmcCondition... accepted) throws IOException, InterruptedException {
        return new BmcPlanner(world(), limits(), rack.clock(), random, rack.listener()).plan(Set.of(accepted));
    }

    End<BmcEnding> apply(final BmcPlan plan) throws IOException, LockedException, InterruptedException {
        return engine().apply(plan, approval(plan.id()), "job #1");
    }

    Approval approval(final String plan) {
        return new Approval(plan, "board", rack.now, "on the plan's page");
    }

    End<BmcEnding> resume(final BmcPlan plan) throws IOException, LockedException, InterruptedException {
        return engine().resume(new RotationId(plan.id()), "job #2");
    }

    End<BmcEnding> back(final BmcPlan plan) throws IOException, LockedException, InterruptedException {
        return engine().back(new RotationId(plan.id()), approval(plan.id()), "job #3");
    }

    boolean isLocked() throws LockedException {
        return files().locks().look("east").isPresent();
    }

    void releaseByHand() throws IOException, LockedException {
        final var claim = files().locks().look("east");
        if (claim.isPresent()) {
            files().locks().release(claim.get(), "admin", "nothing runs there");
        }
    }

    List<PastBmcRotation> history() throws IOException {
        return BmcRotation.history(files());
    }
}
