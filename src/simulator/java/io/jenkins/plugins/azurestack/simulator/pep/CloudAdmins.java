package io.jenkins.plugins.azurestack.simulator.pep;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.remoting.Accounts;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The accounts of the stamp's own domain, which all three endpoints share: a member of CloudAdmins, and one that is a
 * member of nothing. Wrong passwords lock an account for a while; how many, and for how long, is not documented.
 * Survives a restart. Thread-safe.
 */
public final class CloudAdmins implements Accounts {
    /** So many wrong passwords in a row lock an account. */
    public static final int THRESHOLD = 5;

    /** So long an account is locked, and so long wrong passwords are counted. */
    public static final Duration LOCKED = Duration.ofMinutes(30);

    /** An account that can log on, and has no role on any endpoint. */
    public static final String WITHOUT_ROLE = "PlainUser";

    /** The password of {@link #WITHOUT_ROLE}. */
    public static final String WITHOUT_ROLE_PASSWORD = "Simulated-PlainUser-1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECTION = "cloud-admins";

    private final World world;
    private final ObjectNode section;

    /** Takes up what the store has. */
    public CloudAdmins(final World world) throws IOException {
        this.world = world;
        this.section = world.store().read(SECTION).orElseGet(JSON::createObjectNode);
    }

    @Override
    public Optional<char[]> password(final String domain, final String user) {
        final Identity identity = world.identity();
        if (!isOurs(domain) || isLocked(user)) {
            return Optional.empty();
        }
        if (user.equalsIgnoreCase(identity.cloudAdmin())) {
            return Optional.of(identity.cloudAdminPassword().toCharArray());
        }
        return user.equalsIgnoreCase(WITHOUT_ROLE)
                ? Optional.of(WITHOUT_ROLE_PASSWORD.toCharArray())
                : Optional.empty();
    }

    @Override
    public void loggedOn(final String domain, final String user) {
        synchronized (section) {
            if (isOurs(domain) && section.remove(key(user)) != null) {
                save();
            }
        }
    }

    @Override
    public void refused(final String domain, final String user) {
        final boolean exists =
                user.equalsIgnoreCase(world.identity().cloudAdmin()) || user.equalsIgnoreCase(WITHOUT_ROLE);
        if (!exists || !isOurs(domain)) {
            return;
        }
        synchronized (section) {
            if (isLocked(user)) {
                return;
            }
            final int wrong = (isForgotten(user) ? 0 : wrong(user)) + 1;
            section.putObject(key(user))
                    .put("wrong", wrong)
                    .put("last", world.time().now().toString());
            save();
        }
    }

    @Override
    public boolean hasRole(final String domain, final String user) {
        return isOurs(domain) && user.equalsIgnoreCase(world.identity().cloudAdmin());
    }

    /** Whether an account is locked now, so that its right password does not help either. */
    @Override
    public boolean isLocked(final String domain, final String user) {
        return isOurs(domain) && isLocked(user);
    }

    private boolean isLocked(final String user) {
        synchronized (section) {
            return wrong(user) >= THRESHOLD && !isForgotten(user);
        }
    }

    private int wrong(final String user) {
        return section.path(key(user)).path("wrong").asInt();
    }

    private boolean isForgotten(final String user) {
        final String last = section.path(key(user)).path("last").asText();
        return !last.isEmpty()
                && !world.time().now().isBefore(Instant.parse(last).plus(LOCKED));
    }

    private boolean isOurs(final String domain) {
        return domain.isEmpty()
                || domain.equalsIgnoreCase(world.identity().netBiosName())
                || domain.equalsIgnoreCase(world.identity().internalDomain());
    }

    private static String key(final String user) {
        return user.toLowerCase(Locale.ROOT);
    }

    private void save() {
        try {
            world.store().write(SECTION, section);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulated stamp's state can't be written", e);
        }
    }
}
