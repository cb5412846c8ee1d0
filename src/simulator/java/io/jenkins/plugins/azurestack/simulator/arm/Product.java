package io.jenkins.plugins.azurestack.simulator.arm;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.ResourceProvider;
import java.time.Duration;

/**
 * A resource provider that is installed as a product, with the secrets that documentation names and one of its own
 * (facts 6.7 and 8).
 *
 * @param id such as {@code microsoft.eventhub}
 * @param provider what a stamp calls it
 * @param folder whose certificate is its external secret
 * @param externalSecret that secret's name
 * @param rotationLasts how long a rotation takes
 */
record Product(
        String id, ResourceProvider provider, CertificateFolder folder, String externalSecret, Duration rotationLasts) {
    static final Product EVENT_HUBS = new Product(
            "microsoft.eventhub",
            ResourceProvider.EVENT_HUBS,
            CertificateFolder.EVENT_HUBS_GATEWAY,
            "aseh-ssl-gateway-pfx",
            Duration.ofMinutes(225));
    static final Product SQL = new Product(
            "microsoft.sqlrp",
            ResourceProvider.SQL_RP,
            CertificateFolder.DB_ADAPTER,
            "SSLCert",
            Duration.ofMinutes(20));

    static final String INTERNAL_SECRET = "internal-service-certificate";
    /** Of every product here; as long as documentation shows. */
    static final Duration SECRET_LASTS = Duration.ofDays(730);

    static final String VERSION = "1.2108.1.0";

    /** As part of a path: id and version in one. */
    String packageName() {
        return id + "." + VERSION;
    }

    /** The type of the action plan that rotates its secrets. */
    String planType() {
        return "RotateSecrets:" + id;
    }
}
