package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.OtherWork;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What Resource Manager knows of a stamp that a rotation must not get in the way of. Only reads. */
public interface StampOperations extends OtherWork {
    /** The alerts that are active now. */
    List<Alert> activeAlerts() throws NotKnownException, InterruptedException;

    /**
     * The alerts that opened after a moment and have closed since.
     *
     * @param since by the stamp's clock
     */
    List<Alert> closedAlerts(Instant since) throws NotKnownException, InterruptedException;

    /**
     * An alert.
     *
     * @param id the same as long as it is open
     * @param title as Resource Manager writes it
     * @param severity {@code Warning} or {@code Critical}
     * @param expiring which secrets it warns of, if it is about an expiry
     */
    record Alert(String id, String title, String severity, Optional<Expiring> expiring) {
        /** Which secrets an expiry alert is about. */
        public enum Expiring {
            EXTERNAL_CERTIFICATE,
            INTERNAL_CERTIFICATE,
            SERVICE_ACCOUNT,
            ROOT_CERTIFICATE;

            /** Whether a rotation of this scope is what mends it. */
            public boolean isMendedBy(final RotationScope scope) {
                return (this == EXTERNAL_CERTIFICATE) == (scope == RotationScope.EXTERNAL);
            }
        }
    }
}
