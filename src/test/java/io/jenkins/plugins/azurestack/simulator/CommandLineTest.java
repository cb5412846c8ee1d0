package io.jenkins.plugins.azurestack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.ResourceProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.Test;

/** The words of a command line. */
public class CommandLineTest {
    private static void assertRefused(final ThrowingCallable read, final String... parts) {
        assertThatThrownBy(read).isInstanceOf(Rejected.class).hasMessageContainingAll(parts);
    }

    @Test
    public void wordsAreTakenInTheirOrder() {
        final CommandLine words = new CommandLine("--a", "1", "b");
        assertThat(words.hasNext()).isTrue();
        assertThat(words.next()).isEqualTo("--a");
        assertThat(words.value("--a")).isEqualTo("1");
        assertThat(words.next()).isEqualTo("b");
        assertThat(words.hasNext()).isFalse();
        assertRefused(() -> words.value("--c"), "--c", "needs a value");
    }

    @Test
    public void aNumberIsWholeAndWithinItsLimits() {
        assertThat(new CommandLine("1").number("--n", "nodes", 1, 3)).isEqualTo(1);
        assertThat(new CommandLine("3").number("--n", "nodes", 1, 3)).isEqualTo(3);
        for (final String wrong : List.of("0", "4", "-1", "1.5", "x", "", "99999999999")) {
            assertRefused(
                    () -> new CommandLine(wrong).number("--n", "nodes", 1, 3),
                    "--n",
                    "'" + wrong + "'",
                    "no whole number of nodes from 1 to 3");
        }
    }

    @Test
    public void aDurationIsWrittenShortOrWhole() {
        Map.of(
                        "90S", Duration.ofSeconds(90),
                        "15m", Duration.ofMinutes(15),
                        "2H30M", Duration.ofMinutes(150),
                        "PT1M", Duration.ofMinutes(1),
                        "P1D", Duration.ofDays(1))
                .forEach((text, duration) -> assertThat(new CommandLine(text).duration("--for"))
                        .as(text)
                        .isEqualTo(duration));
        for (final String wrong : List.of("0S", "-5M", "soon", "90", "")) {
            assertRefused(() -> new CommandLine(wrong).duration("--for"), "--for", "'" + wrong + "'", "2H30M");
        }
    }

    @Test
    public void identityProvidersAndResourceProvidersGoByTheirNames() {
        assertThat(new CommandLine("adfs").identityProvider("--identity")).isEqualTo(IdentityProvider.ADFS);
        assertRefused(() -> new CommandLine("LDAP").identityProvider("--identity"), "'LDAP' is neither AAD nor ADFS");
        assertThat(new CommandLine("all").resourceProviders("--providers"))
                .containsExactlyInAnyOrder(ResourceProvider.values());
        final String first = ResourceProvider.values()[0].configName();
        final String second = ResourceProvider.values()[1].configName();
        assertThat(new CommandLine(first + ", " + second).resourceProviders("--providers"))
                .containsExactly(ResourceProvider.values()[0], ResourceProvider.values()[1]);
        assertRefused(() -> new CommandLine("Quantum").resourceProviders("--providers"), "'Quantum' is none of", first);
    }
}
