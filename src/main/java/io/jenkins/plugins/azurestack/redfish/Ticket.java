package io.jenkins.plugins.azurestack.redfish;

import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What proves to a BMC who asks: a session's token or, where there are no sessions, the password itself. For one thread. */
final class Ticket implements AutoCloseable {
    private final char[] secret;
    private final Optional<String> userName;
    private final Optional<String> session;

    private Ticket(final char[] secret, final Optional<String> userName, final Optional<String> session) {
        this.secret = secret;
        this.userName = userName;
        this.session = session;
    }

    /**
     * A session's.
     *
     * @param session its path, if the BMC told
     */
    static Ticket token(final String token, final Optional<String> session) {
        return new Ticket(token.toCharArray(), Optional.empty(), session);
    }

    /**
     * A password's, for HTTP Basic.
     *
     * @param password copied
     * @throws IllegalArgumentException if the user name has a colon, which nobody could tell from the password's
     */
    static Ticket basic(final String userName, final char[] password) {
        if (userName.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "A user name with a colon can't log on without sessions; nothing was sent");
        }
        return new Ticket(password.clone(), Optional.of(userName), Optional.empty());
    }

    /** For one request. */
    Map<String, String> headers() {
        return userName.map(name -> Map.of("Authorization", "Basic " + credential(name)))
                .orElseGet(() -> Map.of("X-Auth-Token", new String(secret)));
    }

    private String credential(final String name) {
        final char[] plain = Arrays.copyOf((name + ":").toCharArray(), name.length() + 1 + secret.length);
        System.arraycopy(secret, 0, plain, name.length() + 1, secret.length);
        final byte[] utf8 = JsonBody.utf8(plain);
        try {
            return Base64.getEncoder().encodeToString(utf8);
        } finally {
            Arrays.fill(plain, '\0');
            Arrays.fill(utf8, (byte) 0);
        }
    }

    /** Where to log off, if it is a session's. */
    Optional<String> session() {
        return session;
    }

    /** Whether every request carries the password, so that a wrong one would be counted each time. */
    boolean isPassword() {
        return userName.isPresent();
    }

    /** What must not be shown; not a copy. */
    char[] secret() {
        return secret;
    }

    @Override
    public void close() {
        Arrays.fill(secret, '\0');
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return isPassword() ? "password" : "token";
    }
}
