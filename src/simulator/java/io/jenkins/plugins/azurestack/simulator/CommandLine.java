package io.jenkins.plugins.azurestack.simulator;

import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.ResourceProvider;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The words of a command line, taken one after the other. Whatever is wrong is a {@link Rejected} for its option. */
public final class CommandLine {
    private final Deque<String> words;

    public CommandLine(final String... words) {
        this.words = new ArrayDeque<>(Arrays.asList(words));
    }

    /** Whether there is a word left. */
    public boolean hasNext() {
        return !words.isEmpty();
    }

    /** The next word. */
    public String next() {
        return words.remove();
    }

    /** The word after an option. */
    public String value(final String option) {
        if (words.isEmpty()) {
            throw new Rejected(option, "needs a value");
        }
        return words.remove();
    }

    /**
     * The whole number after an option.
     *
     * @param things what is counted, such as {@code minutes}
     */
    public int number(final String option, final String things, final int least, final int most) {
        final String number = value(option);
        final String wrong = "'" + number + "' is no whole number of " + things + " from " + least + " to " + most;
        try {
            final int read = Integer.parseInt(number);
            if (read < least || read > most) {
                throw new Rejected(option, wrong);
            }
            return read;
        } catch (NumberFormatException e) {
            throw new Rejected(option, wrong);
        }
    }

    /** The duration after an option, in ISO 8601 with or without {@code PT}: {@code 90S}, {@code 2H30M}. */
    public Duration duration(final String option) {
        final String text = value(option);
        try {
            final Duration duration =
                    Duration.parse(text.toUpperCase(Locale.ROOT).replaceFirst("^(?!P)", "PT"));
            if (!duration.isNegative() && !duration.isZero()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Said below, as for a duration that is none.
        }
        throw new Rejected(option, "'" + text + "' is no duration; write 90S, 15M or 2H30M");
    }

    /** The identity provider after an option. */
    public IdentityProvider identityProvider(final String option) {
        final String name = value(option);
        return Arrays.stream(IdentityProvider.values())
                .filter(known -> known.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new Rejected(option, "'" + name + "' is neither AAD nor ADFS"));
    }

    /** The resource providers after an option, separated by commas, or {@code all}. */
    public Set<ResourceProvider> resourceProviders(final String option) {
        final String names = value(option);
        if ("all".equalsIgnoreCase(names)) {
            return Collections.unmodifiableSet(EnumSet.allOf(ResourceProvider.class));
        }
        final EnumSet<ResourceProvider> providers = EnumSet.noneOf(ResourceProvider.class);
        for (final String name : names.split(",")) {
            providers.add(ResourceProvider.named(name.strip())
                    .orElseThrow(() -> new Rejected(
                            option,
                            "'" + name + "' is none of "
                                    + Arrays.stream(ResourceProvider.values())
                                            .map(ResourceProvider::configName)
                                            .toList())));
        }
        return Collections.unmodifiableSet(providers);
    }
}
