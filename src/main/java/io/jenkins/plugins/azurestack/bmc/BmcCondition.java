package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.change.Condition;

/** The conditions of a new BMC password, in the order in which they are shown. */
public enum BmcCondition implements Condition {
    /** The stamp's version is known: by it the order of things is decided. */
    VERSION(false),
    /** {@code Set-BmcCredential} has the parameters that the call needs. */
    CMDLET(false),
    /** The password can be read and all three generations written. */
    STORE(false),
    /** The new password is one that the stamp and every BMC take, or one can be made. */
    PASSWORD(false),
    /** It is known which BMCs there are. */
    NODES(false),
    /** Every BMC takes a password that is known. Where this Jenkins reaches them. */
    BMCS(false),
    /** What was changed can be changed back at once. Where this Jenkins reaches the BMCs. */
    WAY_BACK(true),
    /** The stamp gets on with its BMCs. */
    SUMMARY(false),
    /** No rotation of secrets runs. */
    ROTATION(false),
    /** No update runs. */
    UPDATE(false),
    /** No exclusive operation runs. */
    EXCLUSIVE_OPERATION(true),
    /** No alert says that a BMC is out of the stamp's reach. */
    ALERTS(true);

    private final boolean acceptable;

    BmcCondition(final boolean acceptable) {
        this.acceptable = acceptable;
    }

    @Override
    public boolean isAcceptable() {
        return acceptable;
    }
}
