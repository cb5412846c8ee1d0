package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.Disk;
import io.jenkins.plugins.azurestack.journal.ForgetfulDisk;
import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.SecretGuard;
import io.jenkins.plugins.azurestack.journal.StampFiles;
import io.jenkins.plugins.azurestack.journal.StampLocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Plans, applies and resumes rotations of a stamp on paper, as builds do that follow each other. */
final class Desk {
    private static final Path HOME = Path.of("/jenkins");

    final PaperStamp stamp;
    final RotationScope scope;
    ForgetfulDisk disk = new ForgetfulDisk().with(HOME.resolve("config.xml"), new byte[0]);
    private long plans;

    Desk(final PaperStamp stamp, final RotationScope scope) {
        this.stamp = stamp;
        this.scope = scope;
    }

    static Desk external() {
        return new Desk(new PaperStamp(), RotationScope.EXTERNAL);
    }

    static Desk internal() {
        return new Desk(new PaperStamp(), RotationScope.INTERNAL);
    }

    StampFiles files() {
        return files(disk);
    }

    private StampFiles files(final Disk on) {
        return new StampFiles(on, HOME.resolve("azs"), "east", Desk::mac, SecretGuard.PRIVATE_KEYS, stamp.clock());
    }

    /** Short, and still another one for other bytes. */
    private static byte[] mac(final byte[] message) {
        final byte[] mac = new byte[32];
        Arrays.fill(mac, (byte) Arrays.hashCode(message));
        return mac;
    }

    StampLocks locks() {
        return files().locks();
    }

    SecretRotation engine() {
        return new SecretRotation(
                stamp.world(scope), files(), RotationLimits.of(scope), stamp.clock(), stamp.listener());
    }

    RotationPlan plan(final RotationCondition... accepted) throws InterruptedException {
        return new RotationPlanner(stamp.world(scope), stamp.clock(), new Random(plans++))
                .plan(new RotationRequest(scope, scope == RotationScope.INTERNAL, Set.of(accepted)));
    }

    End<RotationEnding> apply(final RotationPlan plan) throws IOException, LockedException, InterruptedException {
        return engine().apply(plan, approval(plan.id()), "job #1");
    }

    private Approval approval(final String plan) {
        return new Approval(plan, "board", stamp.now, "on the plan's page");
    }

    End<RotationEnding> resume(final RotationPlan plan) throws IOException, LockedException, InterruptedException {
        return engine().resume(new RotationId(plan.id()), "job #2");
    }

    End<RotationEnding> rerun(final RotationPlan plan) throws IOException, LockedException, InterruptedException {
        return engine().rerun(new RotationId(plan.id()), approval(plan.id()), "job #3");
    }

    /** Somebody else writes into the audit trail, which can't be gone on with then. */
    void spoilAuditTrail() {
        final Path trail = HOME.resolve("azs/stamps/east/audit/audit.trail");
        try (Disk.OpenFile file = disk.open(trail)) {
            file.append(new byte[] {'x'});
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isLocked() throws LockedException {
        return locks().look("east").isPresent();
    }

    List<PastRotation> history() throws IOException {
        return SecretRotation.history(files());
    }
}
