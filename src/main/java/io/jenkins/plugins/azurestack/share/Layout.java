package io.jenkins.plugins.azurestack.share;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Where files of a set lie below {@code Certificates}: {@code <AAD|ADFS>\<folder>\<one file>.pfx}, and nothing else at
 * the first two levels (rotation page 2022-10). Certificates of resource providers other than Container Registry do not
 * travel this way.
 */
final class Layout {
    static final String SEPARATOR = "\\";

    private static final int LEVELS = 3;
    private static final Set<CertificateFolder> HANDED_OVER_OTHERWISE = EnumSet.of(
            CertificateFolder.APP_SERVICES_API,
            CertificateFolder.APP_SERVICES_DEFAULT_DOMAIN,
            CertificateFolder.APP_SERVICES_IDENTITY,
            CertificateFolder.APP_SERVICES_PUBLISHING,
            CertificateFolder.EVENT_HUBS_GATEWAY,
            CertificateFolder.DB_ADAPTER);
    private static final Set<CertificateFolder> WITH_ADFS_ONLY =
            EnumSet.of(CertificateFolder.ADFS, CertificateFolder.GRAPH);

    private Layout() {}

    /** Whether a set for an identity provider has that folder. */
    static boolean has(final IdentityProvider provider, final CertificateFolder folder) {
        return !HANDED_OVER_OTHERWISE.contains(folder)
                && (provider == IdentityProvider.ADFS || !WITH_ADFS_ONLY.contains(folder));
    }

    static String folder(final IdentityProvider provider) {
        return provider.name();
    }

    static String folder(final IdentityProvider provider, final CertificateFolder folder) {
        return folder(provider) + SEPARATOR + folder.folderName();
    }

    static String file(final IdentityProvider provider, final CertificateFolder folder, final String name) {
        return folder(provider, folder) + SEPARATOR + name;
    }

    /** Whether a folder at the first or second level belongs to a set for an identity provider. */
    static boolean isFolder(final IdentityProvider provider, final String path) {
        final String[] names = path.split("\\\\", -1);
        return names.length < LEVELS
                && provider.name().equalsIgnoreCase(names[0])
                && (names.length == 1 || hasNamed(provider, names[1]));
    }

    /** Whether a folder belongs to any set. */
    static boolean isFolder(final String path) {
        return Arrays.stream(IdentityProvider.values()).anyMatch(provider -> isFolder(provider, path));
    }

    /** Whether a file lies where a file of a set may lie. */
    static boolean isFile(final String path) {
        final List<String> names = List.of(path.split("\\\\", -1));
        return names.size() == LEVELS && isFolder(names.get(0) + SEPARATOR + names.get(1)) && isPfxName(names.get(2));
    }

    static boolean isPfxName(final String name) {
        return FileName.isUsable(name) && name.length() > ".pfx".length() && name.matches("(?i).*[.]pfx");
    }

    private static boolean hasNamed(final IdentityProvider provider, final String name) {
        return CertificateFolder.named(name)
                .filter(folder -> has(provider, folder))
                .isPresent();
    }
}
