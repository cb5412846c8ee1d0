package io.jenkins.plugins.azurestack.simulator.redfish;

import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.NEW;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.OLD;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Faults;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The BMCs of a stamp as the stamp itself sees them, and what the ledger says about everybody. */
public class BmcsTest {
    private static final Flavour ANY = Flavour.IDRAC_10;
    private static final String NODE = ANY.name();
    private static final char[] WRONG = "wrong".toCharArray();

    @Rule
    public final BmcRule rule = new BmcRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Bmc.Outcome set(final String newUser, final String newPassword) throws Exception {
        return rule.of(ANY).setCredential(USER, OLD.toCharArray(), newUser, newPassword.toCharArray());
    }

    private Ledger.Call last() {
        final List<Ledger.Call> calls = rule.ledger().calls(Ledger.Service.BMC);
        return calls.get(calls.size() - 1);
    }

    @Test
    public void aBmcIsFoundByItsNodeAndListensOnLoopback() {
        final Bmc bmc = rule.of(ANY);
        assertThat(bmc.address().getAddress().isLoopbackAddress()).isTrue();
        assertThatThrownBy(() -> rule.bmcs().of("nodeX"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(NODE);
    }

    @Test
    public void twoNodesAreNotCalledTheSame() {
        final StampTime time = new StampTime(Clock.systemUTC(), Instant.now(), 1);
        final Node node = new Node("node01", "10.30.4.11", ANY, "SN1");
        assertThatThrownBy(() -> BmcRule.start(
                        List.of(node, node),
                        new BmcWorld(time, new Faults(time), new Ledger(), StateStore.inMemory(), new SecureRandom())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("node01");
        assertThatThrownBy(() -> new Node("../x", "10.30.4.11", ANY, "SN1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void theStampLogsOnAndAWrongPasswordCounts() throws Exception {
        assertThat(rule.of(ANY).logOn(USER, OLD.toCharArray())).isEqualTo(Bmc.Outcome.DONE);
        assertThat(last().connection()).isEqualTo(Bmc.STAMP);
        assertThat(last().identity()).isEqualTo(USER);
        for (int i = 0; i < 5; i++) {
            assertThat(rule.of(ANY).logOn(USER, WRONG)).isEqualTo(Bmc.Outcome.REFUSED_LOGON);
        }
        assertThat(last().outcome()).isEqualTo("wrong password");
        assertThat(last().identity()).isEmpty();
        assertThat(last().details()).containsEntry("user", USER);
        assertThat(rule.of(ANY).logOn(USER, OLD.toCharArray())).isEqualTo(Bmc.Outcome.LOCKED);
    }

    @Test
    public void theStampSetsACredentialThatThenOpens() throws Exception {
        assertThat(set(USER, NEW)).isEqualTo(Bmc.Outcome.DONE);
        assertThat(rule.to(ANY).logOn(USER, OLD).status()).isEqualTo(401);
        assertThat(rule.to(ANY).logOn(USER, NEW).status()).isEqualTo(201);
    }

    @Test
    public void theStampRenamesTheAccountToo() throws Exception {
        assertThat(set("azsbmc", NEW)).isEqualTo(Bmc.Outcome.DONE);
        assertThat(rule.to(ANY).logOn(USER, NEW).status()).isEqualTo(401);
        assertThat(rule.to(ANY).logOn("azsbmc", NEW).status()).isEqualTo(201);
        assertThat(rule.of(ANY).password(USER)).isEmpty();
    }

    @Test
    public void theStampIsUnderTheSamePolicyAsAnybody() throws Exception {
        assertThat(set(USER, "short")).isEqualTo(Bmc.Outcome.REFUSED_CHANGE);
        assertThat(last().outcome()).isEqualTo("refused");
        rule.faults().arm(Fault.BMC_REFUSES, Moment.at(NODE));
        assertThat(set(USER, NEW)).isEqualTo(Bmc.Outcome.REFUSED_CHANGE);
        assertThat(rule.of(ANY).password(USER)).contains(OLD.toCharArray());
    }

    @Test
    public void theStampDoesNotReachABmcThatIsDown() throws Exception {
        rule.faults().arm(Fault.ENDPOINT_DOWN, Moment.at(NODE));
        assertThat(set(USER, NEW)).isEqualTo(Bmc.Outcome.UNREACHABLE);
        assertThat(last().outcome()).isEqualTo("unreachable");
        assertThat(rule.of(ANY).password(USER)).contains(OLD.toCharArray());
    }

    @Test
    public void anAnswerThatTheStampLosesLeavesTheNewPassword() throws Exception {
        rule.faults().arm(Fault.ANSWER_LOST, Moment.at(NODE));
        assertThat(set(USER, NEW)).isEqualTo(Bmc.Outcome.ANSWER_LOST);
        assertThat(last().isDone()).isTrue();
        assertThat(rule.of(ANY).password(USER)).contains(NEW.toCharArray());
    }

    @Test
    public void aPasswordIsChangedWithOtherTools() throws Exception {
        rule.of(ANY).changeElsewhere(USER, "x".toCharArray());
        assertThat(rule.of(ANY).logOn(USER, OLD.toCharArray())).isEqualTo(Bmc.Outcome.REFUSED_LOGON);
        assertThat(rule.to(ANY).logOn(USER, "x").status()).isEqualTo(201);
    }

    @Test
    public void aBmcServesTheCertificateThatItIsGiven() throws Exception {
        assertThat(rule.to(ANY).get("/redfish/v1/").status()).isEqualTo(200);
        final Instant now = Instant.now();
        final IssuedCertificate own = BmcRule.authority()
                .issue(rule.of(ANY)
                        .node()
                        .specimen(now.minus(Duration.ofDays(9)), now.plus(Duration.ofDays(9)))
                        .withChain(Specimen.Chain.SELF_SIGNED));
        rule.of(ANY).serve(own);
        rule.of(ANY).dropConnections();
        assertThat(rule.of(ANY).certificate()).isSameAs(own);
        assertThatThrownBy(() -> rule.to(ANY).get("/redfish/v1/")).isInstanceOf(SSLException.class);
    }

    @Test
    public void theLedgerHasEveryCallWithWhoAndWhat() throws Exception {
        final String account = BmcRule.account(ANY);
        rule.to(ANY).as(USER, "wrong").get(account);
        assertThat(last().action()).isEqualTo("GET " + account);
        assertThat(last().outcome()).isEqualTo("wrong password");
        assertThat(last().identity()).isEmpty();
        assertThat(last().details()).containsEntry("user", USER).containsEntry("status", "401");
        rule.to(ANY).logOn("nobody", "wrong");
        assertThat(last().outcome()).isEqualTo("unknown user");
        rule.to(ANY).as(USER, OLD).change(account, NEW);
        assertThat(last().action()).isEqualTo("PATCH " + account);
        assertThat(last().identity()).isEqualTo(USER);
        assertThat(last().details()).containsEntry("properties", "Password").containsEntry("status", "200");
        assertThat(last().isDone()).isTrue();
        final String connection = last().connection();
        rule.to(ANY).get("/redfish/v1/");
        assertThat(last().connection()).as("kept alive").isEqualTo(connection).startsWith("bmc " + NODE);
        assertThat(last().identity()).isEmpty();
    }

    @Test
    public void theLedgerHoldsNoPassword() throws Exception {
        final Path file = folder.getRoot().toPath().resolve("ledger");
        final StampTime time = new StampTime(Clock.systemUTC(), Instant.now(), 1);
        final Ledger ledger = new Ledger(file);
        try (Bmcs bmcs = BmcRule.start(
                List.of(new Node("node01", "10.30.4.11", ANY, "SN1")),
                new BmcWorld(time, new Faults(time), ledger, StateStore.inMemory(), new SecureRandom()))) {
            final BmcRule.Requests to = rule.new Requests(bmcs.of("node01"), List.of());
            final String token = to.logOn(USER, OLD).header("X-Auth-Token").orElseThrow();
            to.withToken(token).change(BmcRule.account(ANY), NEW);
            to.as(USER, "Wr0ng-password").get("/redfish/v1/Managers");
            to.as(USER, NEW).patch(BmcRule.account(ANY), "{\"Password\":\"Wr0ng-password\",\"Shoe\":1}");
            bmcs.of("node01").setCredential(USER, NEW.toCharArray(), USER, "Third-Passw0rd3".toCharArray());
            assertThat(Files.readString(file))
                    .contains("wrong password")
                    .contains("stamp set credential")
                    .doesNotContain(OLD, NEW, "Wr0ng-password", "Third-Passw0rd3", token);
        }
    }

    @Test
    public void sixtyFourBmcsAnswerSideBySide() throws Exception {
        final StampTime time = new StampTime(Clock.systemUTC(), Instant.now(), 1);
        final List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            final Flavour flavour = Flavour.values()[i % Flavour.values().length];
            nodes.add(new Node("node" + i, "10.30.4." + (11 + i), flavour, "SN" + i));
        }
        final long begun = System.nanoTime();
        try (Bmcs bmcs = BmcRule.start(
                nodes, new BmcWorld(time, new Faults(time), new Ledger(), StateStore.inMemory(), new SecureRandom()))) {
            final long started = System.nanoTime();
            assertThat(bmcs.all()).hasSize(64);
            bmcs.setLatency(Duration.ofMillis(200));
            final List<Callable<Integer>> logOns = bmcs.all().stream()
                    .map(bmc -> (Callable<Integer>) () ->
                            rule.new Requests(bmc, List.of()).logOn(USER, OLD).status())
                    .toList();
            final ExecutorService clients = Executors.newFixedThreadPool(nodes.size());
            final List<Integer> statuses = new ArrayList<>();
            for (final Future<Integer> status : clients.invokeAll(logOns)) {
                statuses.add(status.get());
            }
            clients.shutdown();
            assertThat(statuses).hasSize(64).containsOnly(201);
            System.out.printf(
                    "64 BMCs: started in %d ms, all logged on to at 200 ms each in %d ms%n",
                    (started - begun) / 1_000_000, (System.nanoTime() - started) / 1_000_000);
        }
    }
}
