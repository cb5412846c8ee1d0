package io.jenkins.plugins.azurestack.simulator.redfish;

import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.NEW;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.OLD;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

/** Faults strike the BMC of the node that they name, and no other. */
public class BmcFaultsTest {
    private static final Flavour STRUCK = Flavour.IDRAC_9;
    private static final String NODE = STRUCK.name();
    private static final String ACCOUNT = BmcRule.account(STRUCK);
    private static final String BODY = "{\"Password\":\"" + NEW + "\"}";

    @Rule
    public final BmcRule rule = new BmcRule();

    private BmcRule.Requests root() {
        return rule.to(STRUCK).as(USER, OLD);
    }

    private BmcRule.Answer another() throws Exception {
        return rule.to(Flavour.ILO_5).as(USER, OLD).get("/redfish/v1/Managers");
    }

    private List<Ledger.Call> calls() {
        return rule.ledger().calls(Ledger.Service.BMC).stream()
                .filter(call -> call.host().equals(NODE))
                .toList();
    }

    private Ledger.Call last() {
        return calls().get(calls().size() - 1);
    }

    @Test
    public void aBmcRefusesAPasswordThatIsGood() throws Exception {
        rule.faults().arm(Fault.BMC_REFUSES, Moment.at(NODE));
        final BmcRule.Answer refused = root().patch(ACCOUNT, BODY);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.messageId()).isEqualTo("Base.1.12.PropertyValueError");
        assertThat(rule.of(STRUCK).password(USER)).contains(OLD.toCharArray());
        assertThat(last().outcome()).isEqualTo("400");
        assertThat(root().patch(ACCOUNT, BODY).status())
                .as("the fault is used up")
                .isEqualTo(200);
    }

    @Test
    public void aBmcLocksAtTheRightPassword() throws Exception {
        rule.faults().arm(Fault.BMC_LOCKS, Moment.at(NODE));
        assertThat(root().get(ACCOUNT).status()).isEqualTo(401);
        assertThat(last().outcome()).isEqualTo("locked");
        assertThat(root().get(ACCOUNT).status()).as("still locked").isEqualTo(401);
        rule.time().advance(Duration.ofSeconds(30));
        assertThat(root().get(ACCOUNT).status()).isEqualTo(200);
        assertThat(another().status()).isEqualTo(200);
    }

    @Test
    public void anEtagDoesNotMatchAnyMore() throws Exception {
        rule.faults().arm(Fault.ETAG_MISMATCH, Moment.at(NODE));
        assertThat(root().change(ACCOUNT, NEW).status()).isEqualTo(412);
        assertThat(rule.of(STRUCK).password(USER)).contains(OLD.toCharArray());
        assertThat(root().change(ACCOUNT, NEW).status()).as("read anew").isEqualTo(200);
    }

    @Test
    public void nothingAcceptsConnections() throws Exception {
        rule.faults().arm(Fault.ENDPOINT_DOWN, Moment.always(NODE));
        assertThatThrownBy(() -> root().get(ACCOUNT)).isInstanceOf(IOException.class);
        assertThat(calls()).isNotEmpty().allSatisfy(call -> assertThat(call.outcome())
                .isEqualTo("endpoint down"));
        assertThat(another().status()).isEqualTo(200);
        rule.faults().clear(Fault.ENDPOINT_DOWN);
        assertThat(root().get(ACCOUNT).status()).isEqualTo(200);
    }

    @Test
    public void aConnectionIsResetBeforeTheCallIsLookedAt() throws Exception {
        rule.faults().arm(Fault.RESET, Moment.at(NODE + " PATCH"));
        assertThat(root().get(ACCOUNT).status()).isEqualTo(200);
        assertThatThrownBy(() -> root().patch(ACCOUNT, BODY)).isInstanceOf(IOException.class);
        assertThat(last().outcome()).isEqualTo("reset");
        assertThat(rule.of(STRUCK).password(USER)).contains(OLD.toCharArray());
    }

    @Test
    public void anAnswerIsLostAfterTheChangeTookEffect() throws Exception {
        rule.faults().arm(Fault.ANSWER_LOST, Moment.at(NODE + " PATCH"));
        assertThatThrownBy(() -> root().patch(ACCOUNT, BODY)).isInstanceOf(IOException.class);
        assertThat(rule.of(STRUCK).password(USER)).contains(NEW.toCharArray());
        assertThat(last().isDone()).isTrue();
        assertThat(last().details()).containsEntry("delivery", "LOST").containsEntry("properties", "Password");
        assertThat(calls()).as("sent once").hasSize(1);
    }

    @Test
    public void aReadingChangesNothingAndItsAnswerIsNotLost() throws Exception {
        rule.faults().arm(Fault.ANSWER_LOST, Moment.at(NODE));
        assertThat(root().get(ACCOUNT).status()).isEqualTo(200);
        assertThatThrownBy(() -> rule.to(STRUCK).logOn(USER, OLD)).isInstanceOf(IOException.class);
    }

    @Test
    public void anAnswerIsCutInTheMiddle() throws Exception {
        rule.faults().arm(Fault.TRUNCATED, Moment.at(NODE));
        assertThatThrownBy(() -> root().get(ACCOUNT)).isInstanceOf(IOException.class);
        assertThat(calls().get(0).details()).containsEntry("delivery", "TRUNCATED");
    }

    @Test
    public void anAnswerThatDripsIsWholeInTheEnd() throws Exception {
        rule.faults().arm(Fault.SLOW_DRIP, Moment.at(NODE));
        assertThat(root().get(ACCOUNT).json().path("UserName").asText()).isEqualTo(USER);
        assertThat(last().details()).containsEntry("delivery", "DRIPPING");
    }

    @Test
    public void aClockIsAnHourOff() throws Exception {
        final String manager = "/redfish/v1/Managers/iDRAC.Embedded.1";
        final BmcRule.Answer right = root().get(manager);
        rule.faults().arm(Fault.CLOCK_SKEW, Moment.at(NODE));
        final BmcRule.Answer skewed = root().get(manager);
        assertThat(Duration.between(dateTime(right), dateTime(skewed))).isEqualTo(Duration.ofHours(1));
        assertThat(Duration.between(date(right), date(skewed))).isEqualTo(Duration.ofHours(1));
        assertThat(skewed.header("ETag")).as("time makes no other resource").isEqualTo(right.header("ETag"));
    }

    private static Instant dateTime(final BmcRule.Answer answer) {
        return Instant.parse(answer.json().path("DateTime").asText());
    }

    private static ZonedDateTime date(final BmcRule.Answer answer) {
        return ZonedDateTime.parse(answer.header("Date").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME);
    }
}
