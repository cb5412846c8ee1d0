package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.UUID;

/** Ids that a stamp was given when it was deployed, and keeps. Immutable. */
final class Identifiers {
    private static final String SECTION = "resource-manager-ids";

    private final ObjectNode ids;

    /** Takes up what the store has, or makes them. */
    Identifiers(final StateStore store, final SecureRandom random) throws IOException {
        ids = store.read(SECTION).orElseGet(Json::object);
        for (final Name name : Name.values()) {
            if (!ids.has(name.name())) {
                ids.put(name.name(), random(random).toString());
            }
        }
        store.write(SECTION, ids);
    }

    /** What has an id. */
    enum Name {
        PROVIDER_SUBSCRIPTION,
        METERING_SUBSCRIPTION,
        CONSUMPTION_SUBSCRIPTION,
        AUDIENCE,
        CLOUD,
        STAMP,
        TOKEN_KEY,
        FABRIC_REGISTRATION,
        HEALTH_REGISTRATION,
        UPDATE_REGISTRATION,
        BACKUP_REGISTRATION,
        KEY_VAULT_REGISTRATION,
        STORAGE_REGISTRATION
    }

    String of(final Name name) {
        return ids.get(name.name()).asText();
    }

    /** A version 4 UUID of a given source. */
    static UUID random(final SecureRandom random) {
        final long high = random.nextLong() & ~0xF000L | 0x4000L;
        final long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
