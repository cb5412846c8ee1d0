package io.jenkins.plugins.azurestack.redfish;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Lenovo's XClarity Controller (lenovo/python-redfish-lenovo): account 1 is the factory's USERID, a change wants
 * {@code If-Match}, and a policy of its own says, among more, how long a password has to be kept.
 */
final class Xcc extends Vendor {
    private static final String FACTORY_USER = "USERID";

    @Override
    String name() {
        return "Lenovo XCC";
    }

    @Override
    Optional<String> likelyAccount(final String userName) {
        return userName.equals(FACTORY_USER) ? Optional.of(ROOT + "AccountService/Accounts/1") : Optional.empty();
    }

    @Override
    Optional<String> ifMatch(final Optional<String> etag, final IfMatch how) {
        return super.ifMatch(etag, how).or(() -> Optional.of("*"));
    }

    /** Its lock-out time is in minutes, its interval between changes in hours; 0 is none. */
    @Override
    AccountPolicy policy(final Resource service) {
        final AccountPolicy standard = super.policy(service);
        final Resource lenovo = service.at("Oem", "Lenovo");
        final OptionalInt threshold = lenovo.number("LockThreshold");
        final OptionalInt minutes = lenovo.number("LockDuration");
        final OptionalInt hours = lenovo.has("MinimumPasswordChangeIntervalHours")
                ? lenovo.number("MinimumPasswordChangeIntervalHours")
                : lenovo.number("MinimumPasswordChangeInterval");
        return new AccountPolicy(
                larger(standard.minPasswordLength(), lenovo.number("MinimumPasswordLength")),
                standard.maxPasswordLength(),
                lenovo.truth("ComplexPassword"),
                lenovo.number("MinimumPasswordReuseCycle"),
                hours.isPresent() ? Optional.of(Duration.ofHours(hours.getAsInt())) : Optional.empty(),
                standard.lockoutThreshold().isPresent() ? standard.lockoutThreshold() : threshold,
                standard.lockoutDuration()
                        .or(() -> minutes.isPresent()
                                ? Optional.of(Duration.ofMinutes(minutes.getAsInt()))
                                : Optional.empty()),
                standard.lockoutCounterReset());
    }
}
