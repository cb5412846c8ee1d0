package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.Condition;

/** The conditions of a rotation, in the order in which they are shown. */
public enum RotationCondition implements Condition {
    /** The stamp's version is known, and one that is rotated this way (1811 and later). */
    VERSION(false),
    /** There is a reason for it: an expiry alert, or a compromise. For internal rotations. */
    REASON(false),
    /** The certificates of the set pass every readiness check. */
    CERTIFICATES(false),
    /** No rotation runs, and none has failed and waits for its re-run. */
    ROTATION(false),
    /** {@code Test-AzureStack -Group SecretRotationReadiness} says yes. */
    READINESS(false),
    /** No update runs. */
    UPDATE(false),
    /** No exclusive operation runs. */
    EXCLUSIVE_OPERATION(true),
    /** The active alerts are known, so that those which a rotation opens can be told from them. */
    ALERTS(true),
    /** What each endpoint serves now is known. */
    ENDPOINTS(true),
    /** The share can be written, has space, and holds nothing foreign. */
    SHARE(false);

    private final boolean acceptable;

    RotationCondition(final boolean acceptable) {
        this.acceptable = acceptable;
    }

    @Override
    public boolean isAcceptable() {
        return acceptable;
    }
}
