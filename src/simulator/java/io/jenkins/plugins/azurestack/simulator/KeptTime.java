package io.jenkins.plugins.azurestack.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The stamp's time as it survives a restart: it goes on, at the factor it had, while nothing listens. */
final class KeptTime {
    private static final String SECTION = "time";

    private final StateStore store;
    private final Clock outside;

    KeptTime(final StateStore store, final Clock outside) {
        this.store = store;
        this.outside = outside;
    }

    /**
     * Begins the stamp's time, or goes on with it.
     *
     * @param now what time it is on the stamp, if that was said
     * @param factor how many seconds go by on the stamp in one outside from now on
     */
    StampTime begin(final Optional<Instant> now, final double factor) throws IOException {
        final Instant begins = now.isPresent()
                ? now.get()
                : store.read(SECTION).map(this::goneOn).orElseGet(outside::instant);
        keep(begins, factor);
        return new StampTime(outside, begins, factor, advanced -> {
            try {
                keep(advanced, factor);
            } catch (IOException e) {
                throw new UncheckedIOException("The simulated stamp's state can't be written", e);
            }
        });
    }

    private Instant goneOn(final ObjectNode kept) {
        return new StampTime(
                        outside,
                        Instant.parse(kept.path("outside").asText()),
                        Instant.parse(kept.path("stamp").asText()),
                        kept.path("factor").asDouble(1))
                .now();
    }

    private void keep(final Instant stamp, final double factor) throws IOException {
        store.write(
                SECTION,
                new ObjectMapper()
                        .createObjectNode()
                        .put("stamp", stamp.toString())
                        .put("outside", outside.instant().toString())
                        .put("factor", factor));
    }
}
