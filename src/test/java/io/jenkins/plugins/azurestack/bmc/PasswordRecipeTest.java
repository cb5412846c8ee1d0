package io.jenkins.plugins.azurestack.bmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.Test;

/** What made passwords are like, and what is wrong with others. */
public class PasswordRecipeTest {
    private static final int MANY = 20_000;

    private final PasswordRecipe recipe = new PasswordRecipe(new Random(20261126));

    private static PasswordRules rules(final int min, final int max, final int kinds) {
        return new PasswordRules(
                min, max, kinds, Duration.ZERO, 0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    public void everyPasswordSatisfiesAllBmcsAtOnceAndHoldsNothingThatAToolChokesOn() {
        final PasswordRules all = PasswordRules.together(List.of(rules(8, 20, 0), rules(10, 32, 3), rules(1, 15, 4)));
        final Set<String> made = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            final String password = new String(recipe.make(all, "azsadmin"));
            assertThat(password)
                    .hasSize(15)
                    .matches("[A-Za-z][A-Za-z2-9._-]{14}")
                    .doesNotContainPattern("[0O1lI]");
            assertThat(password).doesNotContainPattern("(.)\\1\\1").doesNotContainIgnoringCase("azsadmin");
            assertThat(all.objections(password.toCharArray())).isEmpty();
            made.add(password);
        }
        assertThat(made).hasSize(MANY);
    }

    @Test
    public void everyCharacterIsAsLikelyAsAnyOtherOfItsKind() {
        final Map<Character, Integer> counts = new TreeMap<>();
        for (int i = 0; i < MANY; i++) {
            final char[] password = recipe.make(PasswordRules.SILENT, "root");
            for (int at = 1; at < password.length; at++) {
                counts.merge(password[at], 1, Integer::sum);
            }
        }
        // Passwords without a mark are thrown away, so that the three marks come more often than the rest, alike.
        for (final String kind : List.of("[A-Z]", "[a-z]", "[2-9]", "[._-]")) {
            final List<Integer> of = counts.entrySet().stream()
                    .filter(entry -> entry.getKey().toString().matches(kind))
                    .map(Map.Entry::getValue)
                    .toList();
            final double mean =
                    of.stream().mapToInt(Integer::intValue).average().orElseThrow();
            assertThat(of).as(kind).allMatch(count -> Math.abs(count - mean) < mean * 0.08);
        }
    }

    @Test
    public void noneIsMadeWhereABmcTakesOnlyShorterOrLongerOnes() {
        assertThat(PasswordRecipe.obstacle(rules(8, 13, 0))).isPresent();
        assertThat(PasswordRecipe.obstacle(rules(17, 40, 0))).isPresent();
        assertThat(PasswordRecipe.obstacle(rules(16, 16, 0))).isEmpty();
        assertThatThrownBy(() -> recipe.make(rules(8, 13, 0), "root")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void aGivenPasswordIsHeldAgainstTheStampAndEveryBmc() {
        assertThat(rules(8, 20, 3).objections("Good-enough.16".toCharArray())).isEmpty();
        assertThat(rules(8, 40, 0).objections("Seventeen.letters".toCharArray()))
                .singleElement()
                .asString()
                .contains("17 characters")
                .contains("16 at most");
        assertThat(rules(8, 20, 3).objections("onlysmall".toCharArray()))
                .singleElement()
                .asString()
                .contains("3 of upper case")
                .doesNotContain("onlysmall");
        assertThat(rules(8, 20, 0).objections("short".toCharArray()))
                .singleElement()
                .asString()
                .contains("8 to 16");
        assertThat(rules(1, 20, 0).objections("with blank in".toCharArray())).isNotEmpty();
    }

    @Test
    public void theStrictestOfAllBmcsDecides() {
        final PasswordRules strict = new PasswordRules(
                10, 32, 3, Duration.ofHours(24), 5, Optional.of(3), Optional.of(Duration.ofHours(1)), Optional.empty());
        final PasswordRules lax =
                new PasswordRules(1, 20, 0, Duration.ZERO, 0, Optional.of(0), Optional.empty(), Optional.empty());
        final PasswordRules both = PasswordRules.together(List.of(lax, strict));
        assertThat(both.minLength()).isEqualTo(10);
        assertThat(both.maxLength()).isEqualTo(16);
        assertThat(both.lockThreshold()).contains(3);
        assertThat(both.keptFor()).isEqualTo(Duration.ofHours(24));
        assertThat(both.forbidsTheWayBack()).isTrue();
        assertThat(lax.forbidsTheWayBack()).isFalse();
    }
}
