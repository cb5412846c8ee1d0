package io.jenkins.plugins.azurestack.redfish;

import java.time.Duration;
import java.util.Optional;

/**
 * HPE's iLO 5 and 6 (python-ilorest-library): account ids are numbers and no slots, messages are an id and arguments without
 * a text, and some rules for passwords are in HPE's own part of the account service.
 */
final class Ilo extends Vendor {
    @Override
    String name() {
        return "HPE iLO";
    }

    /** Server and BMC, such as {@code ProLiant DL380 Gen10, iLO 5}. */
    @Override
    String product(final Resource root) {
        final String manager = root.at("Oem", "Hpe", "Manager").items(1).stream()
                .map(first -> first.text("ManagerType"))
                .findFirst()
                .orElse("");
        final String server = super.product(root);
        return server.isEmpty() || manager.isEmpty() ? server + manager : server + ", " + manager;
    }

    @Override
    AccountPolicy policy(final Resource service) {
        final AccountPolicy standard = super.policy(service);
        final Resource hpe = service.at("Oem", "Hpe");
        final Optional<Duration> none = Optional.empty();
        return new AccountPolicy(
                larger(standard.minPasswordLength(), hpe.number("MinPasswordLength")),
                standard.maxPasswordLength(),
                hpe.truth("EnforcePasswordComplexity"),
                standard.reuseCycle(),
                none,
                standard.lockoutThreshold(),
                standard.lockoutDuration(),
                standard.lockoutCounterReset());
    }
}
