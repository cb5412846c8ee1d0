package io.jenkins.plugins.azurestack.simulator.redfish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * Lenovo's XClarity Controller (lenovo/python-redfish-lenovo): account 1 is the factory's, every change to an account
 * wants {@code If-Match}, and the policy says how long a password must be kept, which can forbid the way back. A change
 * answers 204.
 */
final class Xcc extends Firmware {
    private static final int ACCOUNTS = 12;
    private static final LockoutPolicy LOCKOUT = new LockoutPolicy(5, Duration.ofMinutes(60), Duration.ofMinutes(60));

    Xcc() {
        super(new Make("LENOVO", "ThinkSystem SR650", "1", "XClarity Controller", "9.88", "1", "1.14.0", "Base.1.8"));
    }

    @Override
    int accountLimit() {
        return ACCOUNTS;
    }

    @Override
    PasswordPolicy passwordPolicy() {
        return new PasswordPolicy(10, 32, 3, 5, Duration.ofHours(24));
    }

    @Override
    LockoutPolicy lockoutPolicy() {
        return LOCKOUT;
    }

    @Override
    EtagHabit etagHabit() {
        return EtagHabit.REQUIRED;
    }

    @Override
    String etag(final String content) {
        return "\"" + digest(content) + digest(content + " ") + "\"";
    }

    @Override
    Message refusedSession(final String path) {
        return refusedBasic(path);
    }

    @Override
    Message noCredential(final String path) {
        return refusedBasic(path);
    }

    @Override
    ObjectNode written(final Message message) {
        final ObjectNode json = super.written(message);
        json.remove("Severity");
        return json.put("MessageSeverity", message.severity());
    }

    @Override
    Reply changed(final ObjectNode resource) {
        return Reply.of(204);
    }

    @Override
    void describeRoot(final ObjectNode root) {
        root.put("Vendor", "Lenovo");
        root.putObject("Oem").putObject("Lenovo");
    }

    @Override
    void describeAccountService(final ObjectNode service, final PasswordPolicy passwords, final LockoutPolicy lockout) {
        final long hours = passwords.changeInterval().toHours();
        service.putObject("Oem")
                .putObject("Lenovo")
                .put("@odata.type", "#LenovoAccountService.v1_0_0.LenovoAccountServiceProperties")
                .put("MinimumPasswordLength", passwords.minLength())
                .put("ComplexPassword", passwords.kinds() > 0)
                .put("MinimumPasswordReuseCycle", passwords.remembered())
                .put("MinimumPasswordChangeInterval", hours)
                .put("MinimumPasswordChangeIntervalHours", hours)
                .put("LockThreshold", lockout.threshold())
                .put("LockDuration", lockout.duration().toMinutes())
                .put("PasswordExpirationPeriodDays", 0)
                .put("PasswordChangeOnFirstAccess", false);
    }
}
