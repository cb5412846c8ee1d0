package io.jenkins.plugins.azurestack.simulator.arm;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is to be written into the ledger about one request, as it turns out. For the thread that answers it. */
final class Visit {
    private final Instant now;
    private final String occasion;
    private final Map<String, String> details = new LinkedHashMap<>();
    private String identity = "";
    private Optional<String> refusal = Optional.empty();

    /**
     * @param now what time the service thinks it is
     * @param occasion what the request is called when faults are asked for
     */
    Visit(final Instant now, final String occasion) {
        this.now = now;
        this.occasion = occasion;
    }

    Instant now() {
        return now;
    }

    String occasion() {
        return occasion;
    }

    /** Says who calls, once that is proved. */
    void provedBy(final String clientId) {
        identity = clientId;
    }

    /** Adds what matters; nothing secret. */
    void note(final String name, final String value) {
        details.put(name, value);
    }

    /** Says why it was refused, in place of the HTTP status. */
    void refusedFor(final String code) {
        refusal = Optional.of(code);
    }

    String identity() {
        return identity;
    }

    Map<String, String> details() {
        return new LinkedHashMap<>(details);
    }

    Optional<String> refusal() {
        return refusal;
    }
}
