package io.jenkins.plugins.azurestack.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * Who holds the lock of a stamp, and of a share if one is used. Immutable.
 *
 * @param stamp the stamp's name
 * @param share what carries the certificates, if the rotation uses one
 * @param rotation the owner
 * @param holder who acts for it: the job and its build; at most 300 characters
 * @param since when that one took the lock
 * @param turn 1 for who acquired the lock, one more with each adoption
 */
public record Claim(
        String stamp, Optional<SharePath> share, RotationId rotation, String holder, Instant since, int turn) {
    private static final int VERSION = 1;
    private static final String VERSION_FIELD = "lock";
    private static final int LONGEST_TEXT = 300;

    public Claim {
        final String text = Fields.text(holder);
        holder = text.length() <= LONGEST_TEXT ? text : Fields.text(text.substring(0, LONGEST_TEXT));
    }

    Claim adoptedBy(final String next, final Instant now) {
        return new Claim(stamp, share, rotation, next, now, turn + 1);
    }

    byte[] encode() {
        final FlatJson json = new FlatJson().put(VERSION_FIELD, VERSION).put("stamp", stamp);
        share.ifPresent(path -> json.put("share", path.value()));
        return Frame.encode(json.put("rotation", rotation.value())
                .put("holder", holder)
                .put("since", since)
                .put("turn", turn));
    }

    static Claim decode(final FlatJson json) throws MalformedException {
        if (json.number(VERSION_FIELD) != VERSION) {
            throw new MalformedException("its version is " + json.number(VERSION_FIELD)
                    + ", and this version of the plugin reads " + VERSION);
        }
        try {
            return new Claim(
                    json.text("stamp"),
                    json.optionalText("share").map(SharePath::new),
                    new RotationId(json.text("rotation")),
                    json.text("holder"),
                    json.instant("since"),
                    Math.toIntExact(json.number("turn")));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedException("it does not name its owner as is usual");
        }
    }
}
