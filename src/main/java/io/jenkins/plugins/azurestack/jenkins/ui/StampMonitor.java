package io.jenkins.plugins.azurestack.jenkins.ui;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import hudson.model.User;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import io.jenkins.plugins.azurestack.jenkins.StampHome;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.wiring.Dismissals;
import io.jenkins.plugins.azurestack.wiring.StampConcerns;
import io.jenkins.plugins.azurestack.wiring.StampState;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Tells administrators what is about to end, what was not checked, and what was left unfinished. What was dismissed comes
 * back once its facts change. Asked for with every page, so what it has found is good for a minute.
 */
@Extension
public final class StampMonitor extends AdministrativeMonitor {
    private static final Logger LOGGER = Logger.getLogger(StampMonitor.class.getName());
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);

    private final Clock clock = Clock.systemUTC();
    private List<Map<String, Object>> found = List.of();
    private Instant foundAt = Instant.MIN;

    @Override
    public String getDisplayName() {
        return Messages.StampMonitor_DisplayName();
    }

    @Override
    public boolean isActivated() {
        return !getStamps().isEmpty();
    }

    /** A map with {@code name}, {@code fingerprint} and {@code words} for each stamp that needs attention. */
    public synchronized List<Map<String, Object>> getStamps() {
        final Instant now = clock.instant();
        if (!foundAt.plus(GOOD_FOR).isAfter(now)) {
            found = find(now);
            foundAt = now;
        }
        return new ArrayList<>(found);
    }

    private static List<Map<String, Object>> find(final Instant now) {
        final Dismissals dismissals = new Dismissals(new FileDisk(), StampHome.path());
        final Duration within = Duration.ofDays(AzureStackHubConfiguration.get().getCheckWithinDays());
        final List<Map<String, Object>> stamps = new ArrayList<>();
        try {
            for (final StampState state : StampsLink.states()) {
                final List<StampConcerns.Concern> concerns = StampConcerns.of(state, now, within);
                final String fingerprint = StampConcerns.fingerprint(concerns);
                if (!concerns.isEmpty() && !dismissals.isDismissed(state.name(), fingerprint)) {
                    stamps.add(told(state.name(), fingerprint, concerns));
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "How stamps stand can't be read", e);
        }
        return stamps;
    }

    private static Map<String, Object> told(
            final String stamp, final String fingerprint, final List<StampConcerns.Concern> concerns) {
        final List<String> words = new ArrayList<>();
        concerns.forEach(concern -> words.add(concern.words()));
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", stamp);
        map.put("fingerprint", fingerprint);
        map.put("words", words);
        return map;
    }

    /** Forgets what it has found, so that it looks again. */
    private synchronized void forget() {
        foundAt = Instant.MIN;
    }

    /**
     * Does not tell of a stamp again until the facts change.
     *
     * @param fingerprint of what was shown
     */
    @POST
    public HttpResponse doDismiss(@QueryParameter final String stamp, @QueryParameter final String fingerprint)
            throws IOException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        if (getStamps().stream()
                .anyMatch(one ->
                        one.get("name").equals(stamp) && one.get("fingerprint").equals(fingerprint))) {
            final User user = User.current();
            new Dismissals(new FileDisk(), StampHome.path())
                    .dismiss(stamp, fingerprint, user == null ? "" : user.getId(), clock.instant());
            forget();
        }
        return HttpResponses.redirectTo("../../manage");
    }
}
