package io.jenkins.plugins.azurestack.stamp;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One installation of Azure Stack Hub, as far as its expiry check has to know it.
 *
 * @param name the name the configuration gives it; a single DNS label, so that it is safe in file names and URLs
 * @param region the region name, a single DNS label
 * @param externalFqdn the external domain name without the region
 * @param identityProvider what it was deployed with
 * @param resourceProviders the value-add resource providers installed on it
 * @param certificates the credentials that hold its certificates
 * @param certificatePassword the id of the credential with the set's one password, used where a certificate names none
 * @param trustedCertificates the id of the credential with roots to trust besides the JVM's
 * @param excluded names of folders, endpoints ({@code name:port}) or credentials that the check leaves out, and lists
 */
public record Stamp(
        String name,
        String region,
        String externalFqdn,
        IdentityProvider identityProvider,
        Set<ResourceProvider> resourceProviders,
        List<StoredCertificate> certificates,
        Optional<String> certificatePassword,
        Optional<String> trustedCertificates,
        Set<String> excluded) {

    /** @throws Rejected if a name is not usable */
    public Stamp {
        name = DnsName.requireLabel("name", name);
        region = DnsName.requireLabel("region", region);
        externalFqdn = DnsName.require("externalFqdn", externalFqdn);
        Objects.requireNonNull(identityProvider, "identityProvider");
        final EnumSet<ResourceProvider> providers = EnumSet.noneOf(ResourceProvider.class);
        providers.addAll(resourceProviders);
        resourceProviders = Collections.unmodifiableSet(providers);
        certificates = List.copyOf(certificates);
        excluded = Collections.unmodifiableSet(new LinkedHashSet<>(excluded));
    }

    /** {@code <region>.<external FQDN>}: what every external name of the stamp ends with. */
    public String domain() {
        return region + "." + externalFqdn;
    }

    /** The folders this stamp has, in the order of the documentation. */
    public List<CertificateFolder> folders() {
        return Arrays.stream(CertificateFolder.values())
                .filter(folder -> folder.isPartOf(this))
                .toList();
    }

    /** Those of them that the share of an external rotation must have, all of them and no other. */
    public List<CertificateFolder> rotationFolders() {
        return folders().stream().filter(CertificateFolder::isRotatedByStamp).toList();
    }

    /** Every endpoint of every folder, wildcard names as such. */
    public List<Endpoint> endpoints() {
        return folders().stream()
                .flatMap(folder -> folder.endpoints(this).stream())
                .toList();
    }
}
