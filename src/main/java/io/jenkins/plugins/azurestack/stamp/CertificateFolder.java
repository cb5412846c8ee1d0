package io.jenkins.plugins.azurestack.stamp;

import static io.jenkins.plugins.azurestack.stamp.ResourceProvider.APP_SERVICES;
import static io.jenkins.plugins.azurestack.stamp.ResourceProvider.EVENT_HUBS;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A folder of the certificate set: one external certificate, the names it must carry and the endpoints that serve it.
 *
 * <p>Names are relative to {@code <region>.<external FQDN>}. Sources: azure-stack-pki-certs.md (2025-08-12) and
 * azure-stack-rotate-secrets.md (2022-10-20) for folders and names, Get-AzsSSLEndPoints.ps1 and
 * azure-stack-integrate-endpoints.md for the ports.
 */
public enum CertificateFolder {
    ACS_BLOB("ACSBlob", always(), names("*.blob"), on(443, "*.blob")),
    ACS_QUEUE("ACSQueue", always(), names("*.queue"), on(443, "*.queue")),
    ACS_TABLE("ACSTable", always(), names("*.table"), on(443, "*.table")),
    ADMIN_EXTENSION_HOST("Admin Extension Host", always(), names("*.adminhosting"), on(443, "*.adminhosting")),
    ADMIN_PORTAL("Admin Portal", always(), names("adminportal"), on(443, "adminportal")),
    ARM_ADMIN("ARM Admin", always(), names("adminmanagement"), on(443, "adminmanagement")),
    ARM_PUBLIC("ARM Public", always(), names("management"), on(443, "management")),
    KEY_VAULT("KeyVault", always(), names("*.vault"), on(443, "*.vault")),
    KEY_VAULT_INTERNAL("KeyVaultInternal", always(), names("*.adminvault"), on(443, "*.adminvault")),
    PUBLIC_EXTENSION_HOST("Public Extension Host", always(), names("*.hosting"), on(443, "*.hosting")),
    PUBLIC_PORTAL("Public Portal", always(), names("portal"), on(443, "portal")),
    ADFS("ADFS", withAdfs(), names("adfs"), on(443, "adfs")),
    GRAPH("Graph", withAdfs(), names("graph"), on(443, "graph")),
    CONTAINER_REGISTRY(
            "Container Registry", with(ResourceProvider.CONTAINER_REGISTRY), names("*.azsacr"), on(443, "*.azsacr")),
    APP_SERVICES_API(
            "AppServices/API",
            with(APP_SERVICES),
            names("api.appservice"),
            on(443, "api.appservice"),
            on(44300, "api.appservice")),
    APP_SERVICES_DEFAULT_DOMAIN(
            "AppServices/DefaultDomain",
            with(APP_SERVICES),
            names("*.appservice", "*.scm.appservice", "*.sso.appservice"),
            on(443, "*.appservice"),
            on(443, "*.scm.appservice"),
            on(443, "*.sso.appservice")),
    APP_SERVICES_IDENTITY(
            "AppServices/Identity", with(APP_SERVICES), names("sso.appservice"), on(443, "sso.appservice")),
    /** FTP over implicit TLS is documented on port 990. */
    APP_SERVICES_PUBLISHING(
            "AppServices/Publishing", with(APP_SERVICES), names("ftp.appservice"), on(990, "ftp.appservice")),
    EVENT_HUBS_GATEWAY("EventHubs", with(EVENT_HUBS), names("*.eventhub"), on(443, "*.eventhub")),
    DB_ADAPTER(
            "DBAdapter",
            with(ResourceProvider.SQL_ADAPTER)
                    .or(with(ResourceProvider.SQL_RP))
                    .or(with(ResourceProvider.MYSQL_ADAPTER)),
            names("*.dbadapter"),
            on(44300, "sqladapter.dbadapter", with(ResourceProvider.SQL_ADAPTER)),
            on(44300, "sqlrp.dbadapter", with(ResourceProvider.SQL_RP)),
            on(44300, "mysqladapter.dbadapter", with(ResourceProvider.MYSQL_ADAPTER)));

    private record Listener(int port, String name, Predicate<Stamp> present) {}

    private final String folderName;
    private final Predicate<Stamp> present;
    private final List<String> names;
    private final List<Listener> listeners;

    CertificateFolder(
            final String folderName,
            final Predicate<Stamp> present,
            final List<String> names,
            final Listener... listeners) {
        this.folderName = folderName;
        this.present = present;
        this.names = names;
        this.listeners = List.of(listeners);
    }

    private static Predicate<Stamp> always() {
        return stamp -> true;
    }

    private static Predicate<Stamp> withAdfs() {
        return stamp -> stamp.identityProvider() == IdentityProvider.ADFS;
    }

    private static Predicate<Stamp> with(final ResourceProvider provider) {
        return stamp -> stamp.resourceProviders().contains(provider);
    }

    private static List<String> names(final String... names) {
        return List.of(names);
    }

    private static Listener on(final int port, final String name) {
        return on(port, name, always());
    }

    private static Listener on(final int port, final String name, final Predicate<Stamp> present) {
        return new Listener(port, name, present);
    }

    /** The exact folder name on disk, spaces included; resource providers' folders carry their type in front. */
    public String folderName() {
        return folderName;
    }

    /** Whether this stamp has the folder: its identity provider or one of its resource providers brings it. */
    public boolean isPartOf(final Stamp stamp) {
        return present.test(stamp);
    }

    /**
     * Whether the folder belongs on the share that {@code Start-SecretRotation} reads. The certificates of the other
     * resource providers are given to those.
     */
    public boolean isRotatedByStamp() {
        return compareTo(CONTAINER_REGISTRY) <= 0;
    }

    /**
     * Whether a wildcard may stand for the folder's names. App Service wants certificates of their own for its single
     * names, though its wildcard covers them.
     */
    public boolean takesWildcard() {
        return this != APP_SERVICES_API && this != APP_SERVICES_IDENTITY && this != APP_SERVICES_PUBLISHING;
    }

    /** The fully qualified names the folder's certificate must carry, wildcards as such. */
    public List<String> requiredNames(final Stamp stamp) {
        return names.stream().map(name -> name + "." + stamp.domain()).toList();
    }

    /** Every endpoint of this stamp that serves the folder's certificate, wildcard names as such. */
    public List<Endpoint> endpoints(final Stamp stamp) {
        return listeners.stream()
                .filter(listener -> isPartOf(stamp) && listener.present().test(stamp))
                .map(listener -> new Endpoint(this, listener.name() + "." + stamp.domain(), listener.port()))
                .toList();
    }

    /** Finds a folder by its name on disk, ignoring case. */
    public static Optional<CertificateFolder> named(final String folderName) {
        return Arrays.stream(values())
                .filter(folder -> folder.folderName.equalsIgnoreCase(folderName))
                .findFirst();
    }

    /** All folder names, for messages that say what would be accepted. */
    public static List<String> allNames() {
        return Arrays.stream(values()).map(CertificateFolder::folderName).toList();
    }
}
