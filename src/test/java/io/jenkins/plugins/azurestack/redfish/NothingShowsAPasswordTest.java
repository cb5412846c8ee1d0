package io.jenkins.plugins.azurestack.redfish;

import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.NEW;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.OLD;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.azurestack.peer.LibraryLog;
import io.jenkins.plugins.azurestack.simulator.redfish.BmcRule;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** With every logger wide open, nothing that the client does, returns, throws or prints shows a password or a token. */
public class NothingShowsAPasswordTest {
    @Rule
    public final BmcRule rule = new BmcRule();

    private final Visitor visitor = new Visitor(rule);
    private final List<String> shown = Collections.synchronizedList(new ArrayList<>());
    private final List<Logger> opened = new ArrayList<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private PrintStream out;
    private PrintStream err;
    private final Handler handler = new Handler() {
        @Override
        public void publish(final LogRecord record) {
            shown.add(record.getMessage() + " "
                    + List.of(record.getParameters() == null ? new Object[0] : record.getParameters())
                    + LibraryLog.everything(record.getThrown()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Before
    public void openEveryLogger() {
        out = System.out;
        err = System.err;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        for (final String name : List.of("org.apache.hc", "com.fasterxml", "io.jenkins")) {
            final Logger logger = Logger.getLogger(name);
            logger.setLevel(Level.ALL);
            logger.setUseParentHandlers(false);
            logger.addHandler(handler);
            opened.add(logger);
        }
        handler.setLevel(Level.ALL);
    }

    @After
    public void closeThem() {
        System.setOut(out);
        System.setErr(err);
        for (final Logger logger : opened) {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
            logger.setLevel(null);
        }
    }

    private static List<String> forms(final String secret) {
        return List.of(
                secret,
                Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)),
                Base64.getEncoder().encodeToString((USER + ":" + secret).getBytes(StandardCharsets.UTF_8)));
    }

    private void requireNothingShown() {
        final String all = String.join("\n", shown) + printed.toString(StandardCharsets.UTF_8);
        for (final String secret : List.of(OLD, NEW)) {
            assertThat(forms(secret)).noneMatch(all::contains);
        }
        assertThat(all).doesNotContain("X-Auth-Token");
    }

    @Test
    public void whateverHappens() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            final Bmc bmc = visitor.open(flavour);
            shown.add(bmc + " " + bmc.identity() + bmc.logOn(USER, NEW.toCharArray()));
            final LogOn in = bmc.logOn(USER, OLD.toCharArray());
            shown.add(in + in.words());
            try (BmcSession session = Visitor.accepted(in)) {
                final Account account = session.account(USER).orElseThrow();
                shown.add(session + " " + account + session.policy());
                shown.add(String.valueOf(
                        session.changePassword(account, "x".repeat(100).toCharArray())));
                rule.faults().arm(Fault.ANSWER_LOST, Moment.at(flavour + " PATCH"));
                final PasswordChange lost = session.changePassword(session.read(account), NEW.toCharArray());
                shown.add(lost + lost.words());
                shown.add(LibraryLog.everything(catchThrowable(() -> session.read(account))));
                shown.add(String.valueOf(session.changePassword(account, NEW.toCharArray())));
            }
            rule.faults().arm(Fault.TRUNCATED, Moment.at(flavour + " POST"));
            shown.add(String.valueOf(bmc.logOn(USER, NEW.toCharArray())));
        }
        assertThat(shown).hasSizeGreaterThan(6 * Flavour.values().length);
        requireNothingShown();
    }

    @Test
    public void aSessionKeepsNeitherPasswordNorTokenInATextAndNothingOnceItIsClosed() throws Exception {
        final BmcSession session = visitor.logOn(Flavour.ILO_6, OLD);
        session.policy();
        final List<Object> before = reachable(session);
        assertThat(before.stream().filter(String.class::isInstance).map(String.class::cast))
                .noneMatch(text -> forms(OLD).stream().anyMatch(text::contains))
                .noneMatch(text -> text.matches("[0-9a-f]{32}"));
        assertThat(before.stream().filter(char[].class::isInstance).map(array -> new String((char[]) array)))
                .as("the token, in an array that can be wiped")
                .anyMatch(text -> text.matches("[0-9a-f]{32}"));
        session.close();
        assertThat(reachable(session).stream()
                        .filter(char[].class::isInstance)
                        .map(array -> new String((char[]) array)))
                .noneMatch(text -> text.matches("[0-9a-f]{32}"));
    }

    /** Everything of ours that hangs on an object, with the arrays, texts and collections in it. */
    private static List<Object> reachable(final Object from) throws IllegalAccessException {
        final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        final List<Object> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            final Object next = open.remove(open.size() - 1);
            if (next == null || !seen.add(next)) {
                continue;
            }
            if (next instanceof Iterable<?> items) {
                items.forEach(open::add);
            } else if (next instanceof Map<?, ?> map) {
                open.addAll(map.keySet());
                open.addAll(map.values());
            } else if (next instanceof java.util.Optional<?> optional) {
                optional.ifPresent(open::add);
            } else if (next.getClass().isArray()
                    && !next.getClass().getComponentType().isPrimitive()) {
                for (int i = 0; i < Array.getLength(next); i++) {
                    open.add(Array.get(next, i));
                }
            } else if (next.getClass().getName().startsWith("io.jenkins.plugins.azurestack.redfish")) {
                for (final Field field : next.getClass().getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        field.setAccessible(true);
                        open.add(field.get(next));
                    }
                }
            }
        }
        return new ArrayList<>(seen);
    }
}
