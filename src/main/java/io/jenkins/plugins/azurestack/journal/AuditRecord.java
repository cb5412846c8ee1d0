package io.jenkins.plugins.azurestack.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * One record of an audit trail: who did what, when.
 *
 * @param number counted from 1
 * @param previous the MAC of the record before, in hexadecimal; of the first line for the first record
 * @param at when it happened, which may be earlier than when it could be written
 * @param actor who did it: a user, a job with its build, or the plugin itself
 * @param action what was done, in the owner's own word
 * @param stamp where
 * @param rotation of which rotation it was part, if of one
 * @param fields what there is to say about it
 */
public record AuditRecord(
        long number,
        String previous,
        Instant at,
        String actor,
        String action,
        String stamp,
        Optional<RotationId> rotation,
        Fields fields) {

    FlatJson toJson() {
        final FlatJson json = new FlatJson()
                .put("n", number)
                .put("prev", previous)
                .put("at", at)
                .put("actor", actor)
                .put("action", action)
                .put("stamp", stamp);
        rotation.ifPresent(id -> json.put("rotation", id.value()));
        return json.put(fields);
    }

    static AuditRecord of(final FlatJson json) throws MalformedException {
        try {
            return new AuditRecord(
                    json.number("n"),
                    json.text("prev"),
                    json.instant("at"),
                    json.text("actor"),
                    json.text("action"),
                    json.text("stamp"),
                    json.optionalText("rotation").map(RotationId::new),
                    json.fields());
        } catch (IllegalArgumentException e) {
            throw new MalformedException("its rotation has no usable id");
        }
    }

    /** Number, action and the names of the fields. */
    @Override
    public String toString() {
        return "audit record " + number + ": " + action + " " + fields;
    }
}
