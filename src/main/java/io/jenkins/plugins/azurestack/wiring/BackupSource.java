package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.arm.BackupLocation;
import io.jenkins.plugins.azurestack.arm.ResourceManager;
import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.expiry.ExpirySource;
import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Sighting;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.util.List;
import java.util.Optional;

/**
 * Reads which certificate the stamp's backups are encrypted for. The stamp names its thumbprint alone: when it ends is known
 * only where another source sees the same certificate.
 */
final class BackupSource {
    /** The source's name. */
    static final String NAME = "backup";

    private static final String CERTIFICATE = "backup encryption";

    private BackupSource() {}

    static ExpirySource of(final Stamp stamp, final ResourceManagerAccess manager) {
        return new ResourceManagerSource<>(
                NAME,
                stamp,
                manager,
                "the backup's settings",
                ResourceManager::backupLocation,
                (target, location) -> List.of(sighting(target, location)));
    }

    static Sighting sighting(final Target target, final BackupLocation location) {
        if (location.encryptionThumbprint().isPresent()) {
            return new Sighting.Told(
                    target,
                    CERTIFICATE,
                    location.encryptionThumbprint().get(),
                    Optional.empty(),
                    Severity.NOTICE,
                    false,
                    "backups are encrypted for the certificate "
                            + CertificateChain.masked(
                                    location.encryptionThumbprint().get())
                            + ", of which the stamp says no date",
                    "Keep its date yourself, and its private key: without that no backup can be restored.");
        }
        final boolean configured = !location.path().isEmpty();
        return new Sighting.Told(
                target,
                CERTIFICATE,
                "",
                Optional.empty(),
                configured ? Severity.NOTICE : Severity.OK,
                false,
                configured
                        ? "backups are configured, and no certificate is named that they are encrypted for"
                        : "no backup is configured, so there is no certificate to watch",
                "See the settings of the infrastructure backup in the administrator portal.");
    }
}
