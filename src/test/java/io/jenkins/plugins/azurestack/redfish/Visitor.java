package io.jenkins.plugins.azurestack.redfish;

import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.net.http.HttpLimits;
import io.jenkins.plugins.azurestack.net.http.TlsTrust;
import io.jenkins.plugins.azurestack.simulator.redfish.BmcRule;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** Meets simulated BMCs with the client, and tells what they saw of it. */
final class Visitor {
    static final SecureRandom RANDOM = new SecureRandom();
    static final HttpLimits PATIENT =
            new HttpLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(60), 300_000);

    private final BmcRule rule;
    private final Redfish redfish = new Redfish(new DirectNetwork(), RANDOM, PATIENT);

    Visitor(final BmcRule rule) {
        this.rule = rule;
    }

    static TlsTrust trusting() {
        return TlsTrust.roots(List.of(BmcRule.authority().root()), RANDOM);
    }

    static Redfish over(final Network network) {
        return new Redfish(network, RANDOM, PATIENT);
    }

    BmcAddress address(final Flavour flavour) {
        return new BmcAddress("127.0.0.1", rule.of(flavour).address().getPort());
    }

    Redfish redfish() {
        return redfish;
    }

    Bmc open(final Flavour flavour) throws Exception {
        return redfish.open(address(flavour), trusting());
    }

    /** Logs on where nothing but a yes is expected; closed by the caller. */
    BmcSession logOn(final Flavour flavour, final String password) throws Exception {
        return accepted(open(flavour).logOn(BmcRule.USER, password.toCharArray()));
    }

    static BmcSession accepted(final LogOn logOn) {
        if (logOn instanceof LogOn.Accepted accepted) {
            return accepted.session();
        }
        throw new AssertionError("Not accepted: " + logOn);
    }

    /** What the BMC's own ledger says that was asked of it, with the outcome. */
    List<String> seen(final Flavour flavour) {
        return rule.ledger().calls(Ledger.Service.BMC).stream()
                .filter(call -> call.host().equals(flavour.name()))
                .map(call -> call.action() + " " + call.outcome())
                .toList();
    }

    long passwordsTried(final Flavour flavour) {
        return seen(flavour).stream()
                .filter(call -> call.startsWith("POST /redfish/v1/SessionService/Sessions"))
                .count();
    }

    long changesSent(final Flavour flavour) {
        return seen(flavour).stream().filter(call -> call.startsWith("PATCH ")).count();
    }
}
