package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.Claim;
import io.jenkins.plugins.azurestack.report.Phrases;
import io.jenkins.plugins.azurestack.report.RotationView;
import io.jenkins.plugins.azurestack.stamp.Text;
import io.jenkins.plugins.azurestack.wiring.StampState.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a stamp stands, for a page and for programs: {@link LinkedHashMap}, {@link ArrayList}, {@link String}, {@link Long}
 * and {@link Boolean} only, no null, every key always there. Stateless.
 */
public final class StampMap {
    private StampMap() {}

    /** Renders it. */
    public static Map<String, Object> of(final StampState stamp, final Instant now) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", stamp.name());
        map.put("domain", stamp.domain());
        map.put("configured", stamp.isConfigured());
        map.put("next", stamp.next().map(StampState.Ending::name).orElse(""));
        map.put("nextEnds", stamp.next().map(next -> next.at().toString()).orElse(""));
        map.put("daysLeft", stamp.next().map(next -> next.daysLeft(now)).orElse(-1L));
        map.put(
                "nextWords",
                stamp.next().map(next -> Phrases.ends(next.daysLeft(now))).orElse("not known"));
        map.put(
                "css",
                stamp.next()
                        .map(next -> next.severity(now).name().toLowerCase(Locale.ROOT))
                        .orElse("none"));
        map.put("lastChecked", stamp.lastChecked().map(Instant::toString).orElse(""));
        map.put(
                "lastCheckedWords",
                stamp.lastChecked().map(last -> age(last, now)).orElse("never"));
        map.put("last", stamp.last().map(last -> rotation(stamp, last)).orElseGet(LinkedHashMap::new));
        final List<Object> waiting = new ArrayList<>();
        stamp.waiting().forEach(one -> waiting.add(rotation(stamp, one)));
        map.put("waiting", waiting);
        map.put("lock", stamp.lock().map(StampMap::lock).orElseGet(LinkedHashMap::new));
        map.put("locked", stamp.lock().isPresent() || stamp.trouble(Part.LOCK).isPresent());
        map.put("inHand", stamp.inHand().map(Text::printable).orElse(""));
        map.put("lockTrouble", stamp.trouble(Part.LOCK).orElse(""));
        map.put("shareTrouble", stamp.trouble(Part.SHARE_LOCK).orElse(""));
        final List<Object> troubles = new ArrayList<>();
        stamp.troubles().forEach(trouble -> troubles.add(trouble.words()));
        map.put("troubles", troubles);
        return map;
    }

    /** Every rotation, the latest first. */
    public static List<Object> rotations(final StampState stamp) {
        final List<Object> rotations = new ArrayList<>();
        stamp.rotations().forEach(one -> rotations.add(0, rotation(stamp, one)));
        return rotations;
    }

    private static Map<String, Object> rotation(final StampState stamp, final PastChange past) {
        final Map<String, Object> map = new LinkedHashMap<>();
        final boolean running = past.isUnfinished() && !stamp.waiting().contains(past);
        final String state = running ? "RUNNING" : state(past);
        map.put("id", past.id().value());
        map.put("began", past.began().map(Phrases::minute).orElse(""));
        map.put("scope", past.what());
        map.put("state", state);
        map.put("css", css(state));
        map.put("attempts", (long) past.attempts());
        map.put("approvedBy", past.approval().map(Approval::approver).orElse(""));
        map.put("approvedHow", past.approval().map(Approval::how).orElse(""));
        map.put(
                "message",
                running
                        ? "A build is at it."
                        : past.damage()
                                .or(() -> past.state().map(word -> past.message()))
                                .orElse("Nobody wrote down how far it came: the build that was at it was ended."));
        map.put("advice", running ? "" : advice(past));
        map.put("left", past.left().map(Phrases::minute).orElse(""));
        return map;
    }

    private static String advice(final PastChange past) {
        final boolean killed =
                past.isUnfinished() && past.damage().isEmpty() && past.advice().isEmpty();
        return killed ? "Go on with " + past.id().step() + " resume: '" + past.id() + "'." : past.advice();
    }

    private static String state(final PastChange past) {
        return past.damage().isPresent() ? "DAMAGED" : past.state().orElse("UNFINISHED");
    }

    private static String css(final String state) {
        return switch (state) {
            case "RUNNING" -> "notice";
            case "UNFINISHED" -> "warning";
            default -> RotationView.css(state);
        };
    }

    private static Map<String, Object> lock(final Claim claim) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("rotation", claim.rotation().value());
        map.put("holder", Text.printable(claim.holder()));
        map.put("since", claim.since().toString());
        map.put("sinceWords", Phrases.minute(claim.since()));
        map.put("share", claim.share().map(Object::toString).orElse(""));
        map.put("turn", (long) claim.turn());
        map.put("token", LockRelease.token(Optional.of(claim)));
        return map;
    }

    private static String age(final Instant then, final Instant now) {
        final Duration age = Duration.between(then, now);
        if (age.toDays() > 0) {
            return Phrases.count(age.toDays(), "day", "days") + " ago";
        }
        if (age.toHours() > 0) {
            return Phrases.count(age.toHours(), "hour", "hours") + " ago";
        }
        return age.toMinutes() > 0
                ? Phrases.count(age.toMinutes(), "minute", "minutes") + " ago"
                : "less than a minute ago";
    }
}
