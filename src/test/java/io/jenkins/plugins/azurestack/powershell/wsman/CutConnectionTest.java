package io.jenkins.plugins.azurestack.powershell.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.wsman.SealedEndpoint.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;
import org.junit.Test;

/**
 * The connection is cut after every byte of a whole conversation (every so many in the ordinary run; system property
 * {@code cut.stride}), and the server's own record says what arrived.
 */
public class CutConnectionTest {

    private static final ShellId SHELL = ShellId.of(new UUID(1, 2));
    private static final CommandId COMMAND = CommandId.of(new UUID(3, 4));
    private static final int STRIDE = Integer.getInteger("cut.stride", 61);

    private int stride = STRIDE;
    /** Null without TLS. */
    private TestCertificate certificate;

    /** A call of the conversation, what came of it, and what an unknown outcome says of its request. */
    private record Outcome(Operation operation, Delivery failed, OutcomeUnknownException unknown) {}

    @FunctionalInterface
    private interface Step {
        void run(WsManClient client) throws WsManException;
    }

    @Test
    public void noRequestArrivesTwiceWhateverByteWasTheLastToLeave() throws Exception {
        cutEverywhere(wholeConversation().sent(), CuttingConnector::afterSending);
    }

    @Test
    public void noRequestArrivesTwiceWhateverByteWasTheLastToArrive() throws Exception {
        cutEverywhere(wholeConversation().received(), CuttingConnector::afterReceiving);
    }

    @Test
    public void theSameHoldsOverTls() throws Exception {
        certificate = new TestCertificate("127.0.0.1");
        final CuttingConnector whole = wholeConversation();
        stride = STRIDE * 4;
        cutEverywhere(whole.sent(), CuttingConnector::afterSending);
        cutEverywhere(whole.received(), CuttingConnector::afterReceiving);
    }

    private CuttingConnector wholeConversation() throws Exception {
        final CuttingConnector counting = new CuttingConnector();
        final List<Outcome> outcomes = converse(counting, new ArrayList<>());
        assertThat(outcomes).allMatch(o -> o.failed() == null);
        return counting;
    }

    private void cutEverywhere(final long length, final LongFunction<CuttingConnector> cut) throws Exception {
        int unknown = 0;
        int unsent = 0;
        for (long at = 0; at < length; at += stride) {
            final List<Received> ledger = new ArrayList<>();
            final List<Outcome> outcomes = converse(cut.apply(at), ledger);
            check(at, outcomes, ledger);
            unknown += (int) outcomes.stream()
                    .filter(o -> o.failed() == Delivery.UNKNOWN)
                    .count();
            unsent += (int) outcomes.stream()
                    .filter(o -> o.failed() == Delivery.NOT_SENT)
                    .count();
        }
        assertThat(unknown).as("cuts within requests and answers").isPositive();
        assertThat(unsent).as("cuts within logons").isPositive();
    }

    private static void check(final long at, final List<Outcome> outcomes, final List<Received> ledger) {
        assertThat(outcomes)
                .as("one call fails, cut at %d", at)
                .filteredOn(o -> o.failed() != null)
                .hasSize(1);
        assertThat(ledger).as("cut at %d", at).extracting(Received::messageId).doesNotHaveDuplicates();
        for (final Outcome outcome : outcomes) {
            final long arrived = ledger.stream()
                    .filter(r -> r.action().equals(outcome.operation().action()))
                    .count();
            final String call = outcome + " cut at " + at;
            if (outcome.failed() == null) {
                assertThat(arrived).as(call).isEqualTo(1);
            } else if (outcome.failed() == Delivery.NOT_SENT) {
                assertThat(arrived).as(call).isZero();
            } else {
                assertThat(arrived).as(call).isLessThanOrEqualTo(1);
                checkKnown(outcome, arrived == 1, ledger, call);
            }
        }
    }

    private static void checkKnown(
            final Outcome outcome, final boolean arrived, final List<Received> ledger, final String call) {
        final OutcomeUnknownException unknown = outcome.unknown();
        if (unknown != null) {
            assertThat(unknown.operation()).as(call).isEqualTo(outcome.operation());
            assertThat(unknown.shell()).as(call).contains(SHELL);
            assertThat(unknown.bytesTotal()).as(call).isPositive();
            assertThat(unknown.bytesSent()).as(call).isBetween(0L, unknown.bytesTotal());
            if (arrived) {
                assertThat(unknown.bytesSent()).as(call).isEqualTo(unknown.bytesTotal());
                assertThat(ledger).as(call).extracting(Received::messageId).contains(unknown.messageId());
            }
        }
    }

    private List<Outcome> converse(final CuttingConnector connector, final List<Received> ledger) throws Exception {
        final List<Outcome> outcomes = new ArrayList<>();
        try (SealedEndpoint endpoint = new SealedEndpoint(
                        Replies::ordinary, certificate == null ? null : certificate.serverContext());
                WsManClient client = client(endpoint, connector)) {
            step(
                    outcomes,
                    client,
                    Operation.CREATE,
                    c -> c.create(new NewShell(SHELL, "2.3", null, "xml".getBytes(UTF_8))));
            step(outcomes, client, Operation.COMMAND, c -> c.command(SHELL, COMMAND, "first".getBytes(UTF_8)));
            step(outcomes, client, Operation.SEND, c -> c.send(SHELL, COMMAND, InputStreamName.STDIN, new byte[600]));
            step(outcomes, client, Operation.RECEIVE, c -> c.receive(SHELL, COMMAND));
            step(outcomes, client, Operation.SIGNAL, c -> c.signal(SHELL, COMMAND, SignalCode.STOP));
            step(outcomes, client, Operation.DELETE, c -> c.delete(SHELL));
            ledger.addAll(endpoint.ledger());
        }
        return outcomes;
    }

    private static void step(
            final List<Outcome> outcomes, final WsManClient client, final Operation operation, final Step step) {
        try {
            step.run(client);
            outcomes.add(new Outcome(operation, null, null));
        } catch (WsManException e) {
            outcomes.add(new Outcome(operation, e.delivery(), e instanceof OutcomeUnknownException u ? u : null));
            final boolean expected = operation != Operation.RECEIVE && e.delivery() == Delivery.UNKNOWN
                    ? e instanceof OutcomeUnknownException
                    : e instanceof ConnectionFailedException
                            || e instanceof ConnectionLostException
                            || e instanceof TlsException;
            assertThat(expected).as("%s failed with %s", operation, e).isTrue();
        }
    }

    private WsManClient client(final SealedEndpoint endpoint, final CuttingConnector connector) throws Exception {
        return WsManClient.to(
                        new WsManEndpoint(certificate != null, "127.0.0.1", endpoint.port(), "/wsman"),
                        "PrivilegedEndpoint")
                .credentials(new PasswordCredentials(SealedEndpoint.USER, SealedEndpoint.PASSWORD.toCharArray()))
                .connector(connector)
                .sslContext(certificate == null ? null : certificate.clientContext())
                .build();
    }
}
