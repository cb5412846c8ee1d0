package io.jenkins.plugins.azurestack.bmc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.bmc.BmcAccess.Logon;
import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.journal.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Keeps the accounts of BMCs from being locked, by whichever step, button or build: a password that a BMC refused is not
 * sent to it again until the account may have changed, and two of the wrong ones that lock it always stay free. Only a
 * refusal by a BMC that took a password before and takes none now, so that it may be locked, counts no longer than a lock
 * lasts; if it refuses the same one after that, it counts. It is
 * written down before a password is sent, in a file for each BMC in the folder {@code bmc-logons} of the stamp's folder,
 * with fingerprints made by a key that is not there; one of another name is taken over by the address. Removing a file is how a person asks for another try. Thread-safe.
 */
public final class LoginBudget {
    /** The folder's name. */
    public static final String FOLDER = "bmc-logons";

    private static final int SCHEMA = 1;
    private static final String SUFFIX = ".json";
    /** How many wrong passwords lock an account that does not say so. */
    private static final int USUAL_THRESHOLD = 5;
    /** These stay for the stamp and for people. */
    private static final int FREE = 2;
    /** How long wrong passwords are remembered, and locks last, where the BMC does not say. */
    private static final Duration USUAL_TIME = Duration.ofHours(1);

    private static final int MOST_BYTES = 1 << 16;
    private static final Pattern FILE_NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Path, Object> TURNS = new ConcurrentHashMap<>();

    private final Disk disk;
    private final Path folder;
    private final AuditKey key;
    private final Clock clock;

    /** What is known of one account. */
    private static final class Account {
        private int threshold = USUAL_THRESHOLD;
        private Duration forgets = USUAL_TIME;
        private Duration locks = USUAL_TIME;
        private String good = "";
        /** Whether it ever took one. */
        private boolean known;

        private Instant lockedUntil = Instant.MIN;
        /** Which passwords were refused, by their fingerprints, and when. */
        private final Map<String, Instant> refused = new LinkedHashMap<>();
        /** Which of them were refused again once a lock was over. */
        private final Set<String> refusedAgain = new LinkedHashSet<>();
        /** When passwords were sent that were wrong, or of which nobody knows. */
        private final List<Instant> failures = new ArrayList<>();
    }

    /** @param stampFolder an existing folder */
    public LoginBudget(final Disk disk, final Path stampFolder, final AuditKey key, final Clock clock)
            throws IOException {
        this.disk = Objects.requireNonNull(disk, "disk");
        this.folder = stampFolder.toAbsolutePath().normalize().resolve(FOLDER);
        this.key = Objects.requireNonNull(key, "key");
        this.clock = Objects.requireNonNull(clock, "clock");
        disk.makeFolders(stampFolder.toAbsolutePath().normalize(), folder);
    }

    /** A logon, once it may be sent. */
    interface Sent {
        Logon logOn() throws InterruptedException;
    }

    /**
     * Sends a logon, if that may be, and keeps what came of it.
     *
     * @return what came of it; why it was not sent
     * @throws IOException if it could not be written down: it was not sent, or what came of it is not kept
     */
    Logon spend(final BmcNode node, final BmcLogin login, final Sent sent) throws IOException, InterruptedException {
        final String fingerprint = login.fingerprint(key);
        final Instant now = clock.instant();
        synchronized (turn(node)) {
            final Account account = read(node);
            final Optional<Logon> objection = objection(account, fingerprint, now);
            if (objection.isPresent()) {
                return objection.get();
            }
            account.failures.add(now);
            write(node, account);
        }
        final Logon logon = sent.logOn();
        synchronized (turn(node)) {
            final Account account = read(node);
            if (keep(account, fingerprint, now, true, logon)) {
                write(node, account);
            }
        }
        return logon;
    }

    /** Whether rules let a wrong password be sent at all. */
    static boolean leavesRoom(final PasswordRules rules) {
        return rules.lockThreshold()
                .filter(threshold -> threshold > 0 && threshold <= FREE)
                .isEmpty();
    }

    private static Optional<Logon> objection(final Account account, final String fingerprint, final Instant now) {
        final Instant refusedAt = account.refused.getOrDefault(fingerprint, Instant.MIN);
        // Most BMCs refuse right passwords, too, while an account is locked: one that took some before, and takes none
        // now, may be that.
        final boolean isSure = !account.good.isEmpty() || !account.known || account.refusedAgain.contains(fingerprint);
        if (account.refused.containsKey(fingerprint) && (isSure || now.isBefore(refusedAt.plus(account.locks)))) {
            return Optional.of(new Logon.Refused("it refused this very password before; it was not sent again"));
        }
        if (now.isBefore(account.lockedUntil)) {
            return Optional.of(new Logon.Locked(
                    "its account was locked; nothing was sent",
                    Optional.of(Duration.between(now, account.lockedUntil))));
        }
        final long spent = account.failures.stream()
                .filter(at -> now.isBefore(at.plus(account.forgets)))
                .count();
        final int most = account.threshold == 0 ? USUAL_THRESHOLD - FREE : Math.max(1, account.threshold - FREE);
        if (spent < most) {
            return Optional.empty();
        }
        final Instant free =
                account.failures.stream().max(Instant::compareTo).orElse(now).plus(account.forgets);
        return Optional.of(new Logon.Locked(
                "as many wrong passwords were sent as may be without locking the account; nothing was sent",
                Optional.of(Duration.between(now, free))));
    }

    /**
     * Keeps what came of a logon.
     *
     * @param isCounted whether it is among those that may have been wrong already
     * @return whether something is other than before
     */
    private static boolean keep(
            final Account account,
            final String fingerprint,
            final Instant sentAt,
            final boolean isCounted,
            final Logon logon) {
        if (logon instanceof Logon.Accepted accepted) {
            final boolean isNew = !account.good.equals(fingerprint)
                    || !account.failures.isEmpty()
                    || account.threshold != accepted.rules().lockThreshold().orElse(account.threshold);
            account.good = fingerprint;
            account.known = true;
            account.refused.remove(fingerprint);
            account.refusedAgain.remove(fingerprint);
            account.failures.clear();
            account.lockedUntil = Instant.MIN;
            account.threshold = accepted.rules().lockThreshold().orElse(account.threshold);
            account.forgets = accepted.rules().forgetsAfter().orElse(account.forgets);
            account.locks = accepted.rules().lockDuration().orElse(account.locks);
            return isNew;
        }
        if (logon instanceof Logon.NotKnown unanswered && !unanswered.sent()) {
            return isCounted && account.failures.remove(sentAt);
        }
        if (!isCounted) {
            account.failures.add(sentAt);
        }
        if (logon instanceof Logon.Refused) {
            if (account.refused.put(fingerprint, sentAt) != null) {
                account.refusedAgain.add(fingerprint);
            }
            account.good = account.good.equals(fingerprint) ? "" : account.good;
        }
        if (logon instanceof Logon.Locked locked) {
            account.lockedUntil = sentAt.plus(locked.lasts().orElse(account.locks));
        }
        return true;
    }

    /**
     * Keeps what came of a logon that went before a change.
     *
     * @throws IOException if that could not be written down
     */
    void happened(final BmcNode node, final BmcLogin login, final Logon logon) throws IOException {
        synchronized (turn(node)) {
            final Account account = read(node);
            if (keep(account, login.fingerprint(key), clock.instant(), false, logon)) {
                write(node, account);
            }
        }
    }

    /** How long an account stays locked that may be, as far as is known. */
    Duration lockTime(final BmcNode node) throws IOException {
        synchronized (turn(node)) {
            return read(node).locks;
        }
    }

    /**
     * Says that the account is about to get another password: what it refused may be right from now on.
     *
     * @throws IOException if that could not be written down: the change may not be made
     */
    void changes(final BmcNode node) throws IOException {
        synchronized (turn(node)) {
            final Account account = read(node);
            if (!account.refused.isEmpty() || !account.good.isEmpty()) {
                account.refused.clear();
                account.refusedAgain.clear();
                account.good = "";
                write(node, account);
            }
        }
    }

    private Object turn(final BmcNode node) {
        return TURNS.computeIfAbsent(file(node), path -> new Object());
    }

    private Path file(final BmcNode node) {
        final String name = node.name().toLowerCase(Locale.ROOT);
        return folder.resolve((FILE_NAME.matcher(name).matches() ? name : sha256(name)) + SUFFIX);
    }

    private static String sha256(final String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private Account read(final BmcNode node) throws IOException {
        final Path own = file(node);
        if (!disk.exists(own)) {
            takeOver(node, own);
        }
        return disk.exists(own) ? account(own, json(own)) : new Account();
    }

    /** A node that was renamed has the account that it had. */
    private void takeOver(final BmcNode node, final Path own) throws IOException {
        for (final Path other : disk.list(folder)) {
            if (other.toString().endsWith(SUFFIX)
                    && json(other).path("address").asText().equalsIgnoreCase(node.address())) {
                disk.rename(other, own);
                disk.forceFolder(folder);
                return;
            }
        }
    }

    private JsonNode json(final Path file) throws IOException {
        try {
            return JSON.readTree(disk.readWhole(file, MOST_BYTES));
        } catch (JsonProcessingException e) {
            throw damaged(file, e);
        }
    }

    private static Account account(final Path file, final JsonNode root) throws IOException {
        if (root.path("schema").asInt() != SCHEMA) {
            throw damaged(file, null);
        }
        final Account account = new Account();
        try {
            account.threshold = root.path("threshold").asInt(USUAL_THRESHOLD);
            account.forgets = Duration.parse(root.path("forgetsAfter").asText());
            account.locks = Duration.parse(root.path("lockedFor").asText());
            account.good = root.path("good").asText();
            account.known = root.path("known").asBoolean();
            account.lockedUntil = root.hasNonNull("lockedUntil")
                    ? Instant.parse(root.path("lockedUntil").asText())
                    : Instant.MIN;
            root.path("refused")
                    .properties()
                    .forEach(one -> account.refused.put(
                            one.getKey(), Instant.parse(one.getValue().asText())));
            root.path("refusedAgain").forEach(one -> account.refusedAgain.add(one.asText()));
            root.path("wrongAt").forEach(one -> account.failures.add(Instant.parse(one.asText())));
            return account;
        } catch (DateTimeException e) {
            throw damaged(file, e);
        }
    }

    private static IOException damaged(final Path file, final Exception cause) {
        return new IOException(
                file + ", where the logons to a BMC are counted, is damaged. Nothing was sent to any account. Make sure"
                        + " that the account is not about to be locked, then move the file away.",
                cause);
    }

    private void write(final BmcNode node, final Account account) throws IOException {
        final ObjectNode root = JSON.createObjectNode()
                .put("schema", SCHEMA)
                .put("node", node.name())
                .put("address", node.address())
                .put("threshold", account.threshold)
                .put("forgetsAfter", account.forgets.toString())
                .put("lockedFor", account.locks.toString())
                .put("good", account.good)
                .put("known", account.known)
                .put("lockedUntil", account.lockedUntil.equals(Instant.MIN) ? null : account.lockedUntil.toString());
        final ObjectNode refused = root.putObject("refused");
        account.refused.forEach((fingerprint, at) -> refused.put(fingerprint, at.toString()));
        account.refusedAgain.forEach(root.withArray("refusedAgain")::add);
        account.failures.forEach(at -> root.withArray("wrongAt").add(at.toString()));
        disk.replace(file(node), JSON.writeValueAsBytes(root));
    }
}
