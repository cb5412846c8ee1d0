package io.jenkins.plugins.azurestack.redfish;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a vendor does in its own way. This class does as the standard says (DSP0266, DSP0268); a vendor's class says what is
 * different there. Immutable.
 */
abstract sealed class Vendor permits AnyVendor, Idrac, Ilo, Xcc {
    static final String ROOT = "/redfish/v1/";
    private static final String CHANGE_REQUIRED = "PasswordChangeRequired";
    private static final Pattern LOCKED =
            Pattern.compile("\\b(is|was|has been|been) (now |temporarily )?locked\\b", Pattern.CASE_INSENSITIVE);
    /** The first two of the Base registry, the last of iLO's. */
    private static final Set<String> REFUSALS =
            Set.of("AccessDenied", "ResourceAtUriUnauthorized", "UnauthorizedLoginAttempt");

    /** Whose BMC it is, by what its root says. */
    static Vendor of(final Resource root) {
        final String vendor = root.text("Vendor").toLowerCase(Locale.ROOT);
        final String product = root.text("Product").toLowerCase(Locale.ROOT);
        if (vendor.contains("dell")
                || product.contains("dell")
                || root.at("Oem").has("Dell")) {
            return new Idrac();
        }
        if (vendor.contains("hpe") || root.at("Oem").has("Hpe")) {
            return new Ilo();
        }
        if (vendor.contains("lenovo") || root.at("Oem").has("Lenovo")) {
            return new Xcc();
        }
        return new AnyVendor();
    }

    /** What these habits are called. */
    abstract String name();

    /** What the root tells about model and kind. */
    String product(final Resource root) {
        return root.text("Product");
    }

    /** Where to read the model that decides between habits, if there is such a decision. */
    Optional<String> modelPath() {
        return Optional.empty();
    }

    /** The habits of that model. */
    Vendor ofModel(final String model) {
        return this;
    }

    /** Where an account of that name mostly is: looked at before the collection is walked. */
    Optional<String> likelyAccount(final String userName) {
        return Optional.empty();
    }

    /** Where the accounts are. */
    Optional<String> accounts(final Resource accountService) {
        return accountService.link("Accounts");
    }

    /** The header {@code If-Match} of a change; empty for none. */
    Optional<String> ifMatch(final Optional<String> etag, final IfMatch how) {
        return switch (how) {
            case USUAL -> etag;
            case UNQUOTED -> etag.map(Vendor::unquoted);
            case ANY -> Optional.of("*");
        };
    }

    private static String unquoted(final String etag) {
        final String strong = etag.startsWith("W/") ? etag.substring(2) : etag;
        return strong.replace("\"", "");
    }

    /** Whether a message says that the password has to be changed before anything else. */
    boolean asksForChange(final Said.Message message) {
        return message.key().equals(CHANGE_REQUIRED);
    }

    /**
     * Whether a message says that the account is locked. No registry that was read has such a message, so its name or a
     * sentence that leaves no doubt decides; 'may be locked' is no more than a refusal.
     */
    final boolean tellsLock(final Said.Message message) {
        final String key = message.key().toLowerCase(Locale.ROOT);
        return key.contains("accountlocked")
                || key.contains("lockout")
                || LOCKED.matcher(message.text()).find();
    }

    /** Whether a message says that user name or password are wrong, whatever status it comes with. */
    final boolean refusesLogon(final Said.Message message) {
        return REFUSALS.contains(message.key());
    }

    /** Whether a required change goes by an attribute of the BMC rather than by the account. */
    boolean changesByAttribute(final Said said) {
        return false;
    }

    AccountPolicy policy(final Resource service) {
        return new AccountPolicy(
                service.number("MinPasswordLength"),
                service.number("MaxPasswordLength"),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                service.number("AccountLockoutThreshold"),
                seconds(service.number("AccountLockoutDuration")),
                seconds(service.number("AccountLockoutCounterResetAfter")));
    }

    static OptionalInt larger(final OptionalInt one, final OptionalInt other) {
        return one.isPresent() && other.isPresent()
                ? OptionalInt.of(Math.max(one.getAsInt(), other.getAsInt()))
                : one.isPresent() ? one : other;
    }

    static Optional<Duration> seconds(final OptionalInt number) {
        return number.isPresent() ? Optional.of(Duration.ofSeconds(number.getAsInt())) : Optional.empty();
    }

    @Override
    public String toString() {
        return name();
    }
}
