package io.jenkins.plugins.azurestack.journal;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * That a person released a lock by hand.
 *
 * @param what whose lock it was: a stamp's name or a share's path
 * @param person who did
 * @param reason why, in that person's words
 * @param claim what was released; empty if it could not be read
 * @param file where this is recorded
 */
public record Release(String what, String person, String reason, Instant at, Optional<Claim> claim, Path file) {
    private static final int VERSION = 1;

    byte[] encode() {
        final FlatJson json = new FlatJson()
                .put("release", VERSION)
                .put("of", what)
                .put("at", at)
                .put("person", Fields.text(person))
                .put("reason", Fields.text(reason));
        claim.ifPresent(released -> json.put("rotation", released.rotation().value())
                .put("holder", released.holder())
                .put("since", released.since())
                .put("turn", released.turn()));
        return Frame.encode(json);
    }
}
