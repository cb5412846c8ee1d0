package io.jenkins.plugins.azurestack.rehearsal;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The syntax of a {@code cron} trigger as Jenkins documents it: five fields, {@code H}, ranges, steps, aliases. */
final class CronSpec {
    private static final List<String> ALIASES =
            List.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");

    private record Field(String name, int lowest, int highest) {}

    private static final List<Field> FIELDS = List.of(
            new Field("minute", 0, 59),
            new Field("hour", 0, 23),
            new Field("day of month", 1, 31),
            new Field("month", 1, 12),
            new Field("day of week", 0, 7));

    private static final Pattern TERM =
            Pattern.compile("(?:\\*|H(?:\\((\\d{1,4})-(\\d{1,4})\\))?|(\\d{1,4})(?:-(\\d{1,4}))?)(?:/(\\d{1,4}))?");

    private CronSpec() {}

    /** What is wrong with a specification of one or more lines; empty if nothing is. */
    static Optional<String> complaint(final String specification) {
        return specification
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("TZ="))
                .map(CronSpec::ofLine)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> ofLine(final String line) {
        if (line.startsWith("@")) {
            return ALIASES.contains(line)
                    ? Optional.empty()
                    : Optional.of("'" + line + "' is none of " + String.join(", ", ALIASES));
        }
        final String[] fields = line.split("\\s+");
        if (fields.length != FIELDS.size()) {
            return Optional.of("'" + line + "' has " + fields.length
                    + " fields; a cron line has five: minute, hour, day of month, month, day of week");
        }
        for (int i = 0; i < fields.length; i++) {
            for (final String term : fields[i].split(",", -1)) {
                if (!isTerm(term, FIELDS.get(i))) {
                    final Field field = FIELDS.get(i);
                    return Optional.of("'" + term + "' is no " + field.name() + " (" + field.lowest() + " to "
                            + field.highest() + ", *, H, ranges a-b, steps /n)");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isTerm(final String term, final Field field) {
        final Matcher matcher = TERM.matcher(term);
        if (!matcher.matches()) {
            return false;
        }
        for (int group = 1; group <= 4; group++) {
            if (matcher.group(group) != null && !isWithin(Integer.parseInt(matcher.group(group)), field)) {
                return false;
            }
        }
        return inOrder(matcher, 1, 2)
                && inOrder(matcher, 3, 4)
                && (matcher.group(5) == null || Integer.parseInt(matcher.group(5)) > 0);
    }

    private static boolean isWithin(final int value, final Field field) {
        return value >= field.lowest() && value <= field.highest();
    }

    private static boolean inOrder(final Matcher matcher, final int from, final int to) {
        return matcher.group(to) == null
                || Integer.parseInt(matcher.group(from)) <= Integer.parseInt(matcher.group(to));
    }
}
