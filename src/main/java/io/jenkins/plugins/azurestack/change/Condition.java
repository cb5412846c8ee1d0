package io.jenkins.plugins.azurestack.change;

import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A condition of a change. An engine's are an enum, in the order in which they are shown. */
public interface Condition {
    /** The enum's. */
    String name();

    /** The enum's. */
    int ordinal();

    /** Whether an operator may accept that it is unknown; never that it has failed. */
    boolean isAcceptable();

    /** As a user writes it, such as {@code exclusive-operation}. */
    default String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Finds one of an engine's conditions by its {@link #word}, ignoring case. */
    static <C extends Enum<C> & Condition> Optional<C> named(final Class<C> all, final String word) {
        return Stream.of(all.getEnumConstants())
                .filter(one -> one.word().equalsIgnoreCase(word))
                .findFirst();
    }

    /** Those of an engine's conditions that the words name; a word that names none is left out. */
    static <C extends Enum<C> & Condition> Set<C> allNamed(final Class<C> all, final Collection<String> words) {
        final Set<C> named = EnumSet.noneOf(all);
        words.forEach(word -> named(all, word).ifPresent(named::add));
        return named;
    }

    /** The words of those of an engine's conditions that may be accepted as unknown. */
    static <C extends Enum<C> & Condition> List<String> acceptable(final Class<C> all) {
        return Stream.of(all.getEnumConstants())
                .filter(Condition::isAcceptable)
                .map(Condition::word)
                .toList();
    }

    /** @throws Rejected if one of them can't be accepted as unknown */
    static void requireAcceptable(final Collection<? extends Condition> accepted) {
        accepted.stream().filter(one -> !one.isAcceptable()).findFirst().ifPresent(one -> {
            throw new Rejected("acceptUnknown", "'" + one.word() + "' can't be accepted as unknown");
        });
    }
}
