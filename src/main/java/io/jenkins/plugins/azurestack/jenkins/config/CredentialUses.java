package io.jenkins.plugins.azurestack.jenkins.config;

import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.RequestIds;
import io.jenkins.plugins.azurestack.wiring.WritableIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the stamps use which credentials for: what a run writes back is to be nothing that is used otherwise. */
final class CredentialUses {
    private static final String BMC = "bmcCredentialsId";
    private static final String CERTIFICATES = "certificates";

    private final List<ConfiguredStamp> stamps;
    private final List<Use> uses = new ArrayList<>();

    /** @param field of the configuration */
    private record Use(String id, String field, String stamp) {
        @Override
        public String toString() {
            return field + " of stamp '" + stamp + "'";
        }
    }

    CredentialUses(final List<ConfiguredStamp> stamps) {
        this.stamps = stamps;
        for (final ConfiguredStamp stamp : stamps) {
            add(stamp, "cloudAdminCredentialsId", stamp.getCloudAdminCredentialsId());
            add(stamp, "shareCredentialsId", stamp.getShareCredentialsId());
            add(stamp, "certificatePasswordCredentialsId", stamp.getCertificatePasswordCredentialsId());
            add(stamp, "operatorCredentialsId", stamp.getOperatorCredentialsId());
            add(stamp, "trustedCertificatesCredentialsId", stamp.getTrustedCertificatesCredentialsId());
            add(stamp, BMC, stamp.getBmcCredentialsId());
            for (final ConfiguredCertificate certificate : stamp.getCertificates()) {
                add(stamp, CERTIFICATES, certificate.getCredentialsId());
                add(stamp, CERTIFICATES, certificate.getPasswordCredentialsId());
            }
        }
    }

    private void add(final ConfiguredStamp stamp, final String field, final String id) {
        Optional.ofNullable(id).ifPresent(used -> uses.add(new Use(used, field, stamp.getName())));
    }

    /** @throws Rejected if one would be written over */
    void requireNothingWrittenOver() {
        final Map<String, String> owners = new HashMap<>();
        for (final ConfiguredStamp stamp : stamps) {
            final String bmc = stamp.getBmcCredentialsId();
            if (bmc != null) {
                require(BMC, bmc, Set.of(bmc), use -> !use.field().equals(BMC));
                besides(BMC, bmc, Set.of(WritableIds.pending(bmc), WritableIds.previous(bmc)), owners);
            }
            for (final ConfiguredCertificate certificate : stamp.getCertificates()) {
                final String id = certificate.getCredentialsId();
                besides(CERTIFICATES, id, new RequestIds(id).besides(), owners);
            }
        }
    }

    private void besides(
            final String field, final String id, final Set<String> written, final Map<String, String> owners) {
        require(field, id, written, use -> true);
        for (final String one : written) {
            final String owner = owners.putIfAbsent(one, id);
            if (owner != null && !owner.equals(id)) {
                throw written(field, id, one, "written beside '" + owner + "', too");
            }
        }
    }

    private void require(
            final String field, final String id, final Set<String> written, final Predicate<Use> otherwise) {
        uses.stream()
                .filter(use -> written.contains(use.id()) && otherwise.test(use))
                .findFirst()
                .ifPresent(use -> {
                    throw written(field, id, use.id(), "the " + use);
                });
    }

    private static Rejected written(final String field, final String id, final String one, final String use) {
        return new Rejected(
                field, "'" + id + "' has '" + one + "' written over, which is " + use + "; give each an id of its own");
    }
}
