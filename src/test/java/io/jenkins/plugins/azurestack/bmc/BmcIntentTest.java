package io.jenkins.plugins.azurestack.bmc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

/** What the hash of a plan is over. */
public class BmcIntentTest {
    private static BmcIntent intent(
            final String version,
            final boolean reached,
            final String address,
            final String user,
            final String store,
            final PasswordSource source,
            final String given,
            final String fingerprint,
            final BmcWay way,
            final String endpoint,
            final Set<BmcCondition> accepted) {
        return new BmcIntent(
                "east",
                "east.azurestack.contoso.com",
                version,
                reached,
                List.of(new BmcNode("node01", address, Optional.empty())),
                user,
                store,
                source,
                Optional.of(given),
                Optional.of(fingerprint),
                way,
                List.of(endpoint),
                accepted);
    }

    @Test
    public void eachFieldChangedAloneGivesAnotherHash() {
        final PasswordSource given = PasswordSource.GIVEN;
        final BmcWay stamp = BmcWay.STAMP;
        final List<BmcIntent> all = List.of(
                intent("1.2501.1.47", true, "10.30.4.11", "root", "b", given, "n", "f", stamp, "e", Set.of()),
                intent("1.2501.1.48", true, "10.30.4.11", "root", "b", given, "n", "f", stamp, "e", Set.of()),
                intent("1.2501.1.47", false, "10.30.4.11", "root", "b", given, "n", "f", stamp, "e", Set.of()),
                intent("1.2501.1.47", true, "10.30.4.12", "root", "b", given, "n", "f", stamp, "e", Set.of()),
                intent("1.2501.1.47", true, "10.30.4.11", "boot", "b", given, "n", "f", stamp, "e", Set.of()),
                intent("1.2501.1.47", true, "10.30.4.11", "root", "c", given, "n", "f", stamp, "e", Set.of()),
                intent(
                        "1.2501.1.47",
                        true,
                        "10.30.4.11",
                        "root",
                        "b",
                        PasswordSource.PENDING,
                        "n",
                        "f",
                        stamp,
                        "e",
                        Set.of()),
                intent("1.2501.1.47", true, "10.30.4.11", "root", "b", given, "o", "f", stamp, "e", Set.of()),
                intent("1.2501.1.47", true, "10.30.4.11", "root", "b", given, "n", "g", stamp, "e", Set.of()),
                intent("1.2501.1.47", true, "10.30.4.11", "root", "b", given, "n", "f", BmcWay.BYPASS, "e", Set.of()),
                intent("1.2501.1.47", true, "10.30.4.11", "root", "b", given, "n", "f", stamp, "d", Set.of()),
                intent(
                        "1.2501.1.47",
                        true,
                        "10.30.4.11",
                        "root",
                        "b",
                        given,
                        "n",
                        "f",
                        stamp,
                        "e",
                        Set.of(BmcCondition.ALERTS)));
        assertThat(new HashSet<>(all.stream().map(BmcIntent::hash).toList())).hasSize(all.size());
    }

    @Test
    public void timeAlertsAndTheOrderOfAnswersDoNotChangeIt() throws Exception {
        final PaperRack rack = new PaperRack(4);
        final String before = new Desk(rack, 1).plan().intent().hash();
        rack.now = rack.now.plus(Duration.ofHours(5));
        rack.exclusive = Optional.of("a repair");
        rack.alerts = List.of("'BMC connection timeout' of node03");
        Collections.reverse(rack.bmcs);
        assertThat(new Desk(rack, 2).plan().intent().hash()).isEqualTo(before);
    }

    @Test
    public void noPasswordAndNoPlainHashOfOneIsInIt() throws Exception {
        final PaperRack rack = new PaperRack(2);
        rack.givenPassword = Optional.of("Given-Password.3");
        final String canonical = new Desk(rack).plan().intent().canonical();
        assertThat(canonical).doesNotContain("Given-Password.3").contains("\"given\":\"new-bmc\"");
        final MessageDigest digest = MessageDigest.getInstance("SHA-256");
        assertThat(canonical)
                .doesNotContain(
                        HexFormat.of().formatHex(digest.digest("Given-Password.3".getBytes(StandardCharsets.UTF_8))));
    }
}
