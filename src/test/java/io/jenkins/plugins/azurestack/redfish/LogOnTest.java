package io.jenkins.plugins.azurestack.redfish;

import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.NEW;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.OLD;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.simulator.redfish.BmcRule;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import java.util.Arrays;
import org.junit.Rule;
import org.junit.Test;

/** A logon has an outcome that says what it was, and whether the BMC counted it. */
public class LogOnTest {
    @Rule
    public final BmcRule rule = new BmcRule();

    private final Visitor visitor = new Visitor(rule);

    private LogOn tried(final Flavour flavour, final String password) throws Exception {
        return visitor.open(flavour).logOn(USER, password.toCharArray());
    }

    @Test
    public void aLockedAccountRefusesTheRightPasswordAndTheSessionDoesNotComeAbout() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            rule.of(flavour).lock(USER);
            final LogOn refused = tried(flavour, OLD);
            assertThat(refused).as("%s", flavour).isInstanceOf(LogOn.Refused.class);
            assertThat(refused.mayHaveCounted()).isTrue();
            assertThat(visitor.seen(flavour)).last().asString().endsWith(" locked");
            rule.time().advance(rule.of(flavour).lockoutPolicy().duration());
            Visitor.accepted(tried(flavour, OLD)).close();
        }
    }

    @Test
    public void aWrongPasswordIsSentOnceAtATimeSoThatItTakesAsManyCallsAsTheThresholdToLock() throws Exception {
        final Flavour flavour = Flavour.GENERIC;
        final int threshold = rule.of(flavour).lockoutPolicy().threshold();
        final Bmc bmc = visitor.open(flavour);
        for (int call = 1; call < threshold; call++) {
            assertThat(bmc.logOn(USER, NEW.toCharArray())).isInstanceOf(LogOn.Refused.class);
            assertThat(rule.of(flavour).isLocked(USER)).isFalse();
        }
        bmc.logOn(USER, NEW.toCharArray());
        assertThat(rule.of(flavour).isLocked(USER)).isTrue();
        assertThat(visitor.passwordsTried(flavour)).isEqualTo(threshold);
    }

    @Test
    public void nothingButLoggingOnSendsAPassword() throws Exception {
        try (BmcSession session = visitor.logOn(Flavour.IDRAC_9, OLD)) {
            rule.of(Flavour.IDRAC_9).changeElsewhere(USER, NEW.toCharArray());
            assertThatThrownBy(session::policy)
                    .isInstanceOfSatisfying(BmcException.class, ended -> assertThat(ended.kind())
                            .isEqualTo(BmcException.Kind.SESSION_ENDED));
            final int before = visitor.seen(Flavour.IDRAC_9).size();
            assertThatThrownBy(() -> session.account(USER)).hasMessageContaining("Nothing was sent");
            assertThat(visitor.seen(Flavour.IDRAC_9)).hasSize(before);
        }
        assertThat(visitor.passwordsTried(Flavour.IDRAC_9)).isEqualTo(1);
    }

    @Test
    public void aLogonWhoseAnswerIsLostMayHaveCounted() throws Exception {
        final Bmc bmc = visitor.open(Flavour.XCC);
        rule.faults().arm(Fault.ANSWER_LOST, Moment.at("XCC POST"));
        final LogOn lost = bmc.logOn(USER, OLD.toCharArray());
        assertThat(lost).isInstanceOfSatisfying(LogOn.Unreachable.class, it -> assertThat(it.sent())
                .isTrue());
        assertThat(lost.mayHaveCounted()).isTrue();
        assertThat(visitor.passwordsTried(Flavour.XCC)).as("sent once").isEqualTo(1);
    }

    @Test
    public void aLogonThatNobodyHearsHasNotCounted() throws Exception {
        final Bmc bmc = visitor.open(Flavour.XCC);
        rule.faults().arm(Fault.ENDPOINT_DOWN, Moment.always("XCC"));
        final LogOn unheard = bmc.logOn(USER, OLD.toCharArray());
        assertThat(unheard).isInstanceOf(LogOn.Unreachable.class);
        assertThat(unheard.mayHaveCounted()).isFalse();
        assertThat(visitor.passwordsTried(Flavour.XCC)).isZero();
    }

    @Test
    public void whoIsInterruptedIsToldWhatCameOfItAndStaysInterrupted() throws Exception {
        final Bmc bmc = visitor.open(Flavour.XCC);
        Thread.currentThread().interrupt();
        final LogOn ended = bmc.logOn(USER, OLD.toCharArray());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended).isInstanceOf(LogOn.Unreachable.class);
        assertThat(ended.mayHaveCounted()).isFalse();
        assertThat(visitor.passwordsTried(Flavour.XCC)).isZero();
    }

    @Test
    public void tooManySessionsSayNeitherYesNorNo() throws Exception {
        final Bmc bmc = visitor.open(Flavour.GENERIC);
        LogOn last = bmc.logOn(USER, OLD.toCharArray());
        for (int opened = 1; last instanceof LogOn.Accepted && opened < 100; opened++) {
            last = bmc.logOn(USER, OLD.toCharArray());
        }
        assertThat(last).isInstanceOfSatisfying(LogOn.Unexpected.class, full -> assertThat(full.reason())
                .contains("SessionLimitExceeded")
                .contains("end some"));
    }

    @Test
    public void sessionsAreEndedWhateverHappens() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            for (int i = 0; i < 20; i++) {
                visitor.logOn(flavour, OLD).close();
            }
            final BmcSession interrupted = visitor.logOn(flavour, OLD);
            Thread.currentThread().interrupt();
            assertThat(interrupted.logOff()).isEqualTo(BmcSession.LogOff.DONE);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(interrupted.logOff()).as("once").isEqualTo(BmcSession.LogOff.DONE);
        }
    }

    @Test
    public void theCallersArrayIsLeftAsItIs() throws Exception {
        final char[] password = OLD.toCharArray();
        Visitor.accepted(visitor.open(Flavour.ILO_6).logOn(USER, password)).close();
        assertThat(password).isEqualTo(OLD.toCharArray());
    }

    @Test
    public void whatCantBeSentAsItIsIsNotSent() throws Exception {
        final Bmc bmc = visitor.open(Flavour.ILO_5);
        for (final char[] bad : Arrays.asList(new char[] {'a', '\ud800'}, new char[] {'\udc00', 'b'})) {
            assertThatThrownBy(() -> bmc.logOn(USER, bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nothing was sent");
        }
        assertThatThrownBy(() -> bmc.logOn("", OLD.toCharArray())).isInstanceOf(IllegalArgumentException.class);
        assertThat(visitor.passwordsTried(Flavour.ILO_5)).isZero();
    }
}
