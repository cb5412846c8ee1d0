package io.jenkins.plugins.azurestack.stamp;

import java.util.Arrays;
import java.util.Optional;

/**
 * A value-add resource provider, whose certificates exist only where an operator installed it. IoT Hub is not listed:
 * the preview is retired and the names of its certificate are not documented.
 */
public enum ResourceProvider {
    APP_SERVICES("AppServices"),
    CONTAINER_REGISTRY("ContainerRegistry"),
    EVENT_HUBS("EventHubs"),
    MYSQL_ADAPTER("MySQLAdapter"),
    /** The SQL resource provider before 2108, at {@code sqladapter.dbadapter}. */
    SQL_ADAPTER("SQLAdapter"),
    /** The SQL resource provider at {@code sqlrp.dbadapter}. */
    SQL_RP("SQLRP");

    private final String configName;

    ResourceProvider(final String configName) {
        this.configName = configName;
    }

    /** The word a stamp's configuration uses. */
    public String configName() {
        return configName;
    }

    /** Finds a resource provider by the word a configuration uses, ignoring case. */
    public static Optional<ResourceProvider> named(final String configName) {
        return Arrays.stream(values())
                .filter(provider -> provider.configName.equalsIgnoreCase(configName))
                .findFirst();
    }
}
