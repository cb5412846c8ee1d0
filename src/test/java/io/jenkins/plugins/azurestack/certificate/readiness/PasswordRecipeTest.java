package io.jenkins.plugins.azurestack.certificate.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public class PasswordRecipeTest {
    private static SetReason judge(final String password) {
        return PasswordRecipe.judge(password.toCharArray()).reason();
    }

    @Test
    public void lettersAndDigitsOfThreeKindsAreInOrder() {
        assertThat(judge("Seaside7")).isEqualTo(SetReason.MET);
        assertThat(judge("aB3".repeat(40))).isEqualTo(SetReason.MET);
    }

    @Test
    public void eightCharactersAreTheLeast() {
        assertThat(judge("Seasid7")).isEqualTo(SetReason.PASSWORD_TOO_SHORT);
        assertThat(judge("")).isEqualTo(SetReason.PASSWORD_TOO_SHORT);
    }

    @Test
    public void threeKindsAreTheLeast() {
        for (final String simple : List.of("seaside77", "Seasidee", "12345678", "seaside__", "SEASIDE77")) {
            assertThat(judge(simple)).as(simple).isEqualTo(SetReason.PASSWORD_TOO_SIMPLE);
        }
    }

    @Test
    public void eachCharacterOfTheRotationPageIsRefused() {
        for (final String avoided : List.of("$", "*", "#", "@", "`", ")")) {
            assertThat(judge("Seaside7" + avoided)).as(avoided).isEqualTo(SetReason.PASSWORD_CHARACTER);
        }
    }

    @Test
    public void anyOtherSpecialCharacterIsWarnedOf() {
        for (final String special : List.of("-", " ", "\u00fc", "\u20ac", "\u65e5")) {
            assertThat(judge("Seaside7" + special)).as(special).isEqualTo(SetReason.PASSWORD_UNUSUAL);
        }
        assertThat(judge("seaside-7")).isEqualTo(SetReason.PASSWORD_UNUSUAL);
        assertThat(judge("seaside7\u00fc")).isEqualTo(SetReason.PASSWORD_UNUSUAL);
    }

    @Test
    public void theOutcomeDoesNotTellThePassword() {
        final String password = "Q$w7xyzzy";

        final SetOutcome outcome = PasswordRecipe.judge(password.toCharArray());

        assertThat(outcome.toString()).doesNotContain(password).doesNotContain("xyzzy");
        assertThat(outcome.message()).isEqualTo("The password holds one of the characters $ * # @ ` ).");
    }
}
