package io.jenkins.plugins.azurestack.redfish;

import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.NEW;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.OLD;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.simulator.redfish.BmcRule;
import io.jenkins.plugins.azurestack.simulator.redfish.EtagHabit;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;

/** A change is one request with one outcome, whatever the BMC and the network do. */
public class ChangeTest {
    private static final String SHORT = "Aa1-";

    @Rule
    public final BmcRule rule = new BmcRule();

    private final Visitor visitor = new Visitor(rule);

    private PasswordChange changed(final Flavour flavour, final String password) throws Exception {
        try (BmcSession session = visitor.logOn(flavour, OLD)) {
            return session.changePassword(session.account(USER).orElseThrow(), password.toCharArray());
        }
    }

    private void requireUntouched(final Flavour flavour) {
        assertThat(rule.of(flavour).password(USER)).contains(OLD.toCharArray());
    }

    @Test
    public void whereTheAnswerIsLostTheOutcomeIsUnknownAndNothingIsSentAgain() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            rule.faults().arm(Fault.ANSWER_LOST, Moment.at(flavour + " PATCH"));
            assertThat(changed(flavour, NEW)).as("%s", flavour).isInstanceOf(PasswordChange.Unknown.class);
            assertThat(visitor.changesSent(flavour)).isEqualTo(1);
            assertThat(rule.of(flavour).password(USER)).as("it took effect").contains(NEW.toCharArray());
        }
    }

    @Test
    public void whereTheConnectionIsResetTheOutcomeIsUnknownAndNothingIsSentAgain() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            rule.faults().arm(Fault.RESET, Moment.at(flavour + " PATCH"));
            assertThat(changed(flavour, NEW)).as("%s", flavour).isInstanceOf(PasswordChange.Unknown.class);
            assertThat(visitor.changesSent(flavour)).isEqualTo(1);
            requireUntouched(flavour);
        }
    }

    @Test
    public void whereNobodyListensNothingWasSent() throws Exception {
        try (BmcSession session = visitor.logOn(Flavour.ILO_5, OLD)) {
            final Account account = session.account(USER).orElseThrow();
            rule.faults().arm(Fault.ENDPOINT_DOWN, Moment.always("ILO_5"));
            assertThat(session.changePassword(account, NEW.toCharArray())).isInstanceOf(PasswordChange.NotSent.class);
        }
        assertThat(visitor.changesSent(Flavour.ILO_5)).isZero();
        requireUntouched(Flavour.ILO_5);
    }

    @Test
    public void anInterruptBeforeTheRequestLeavesSendsNothing() throws Exception {
        try (BmcSession session = visitor.logOn(Flavour.ILO_5, OLD)) {
            final Account account = session.account(USER).orElseThrow();
            Thread.currentThread().interrupt();
            final PasswordChange change = session.changePassword(account, NEW.toCharArray());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(change).isInstanceOf(PasswordChange.NotSent.class);
        }
        assertThat(visitor.changesSent(Flavour.ILO_5)).isZero();
    }

    @Test
    public void aPasswordThatBreaksThePolicyIsRefusedInTheBmcsOwnWords() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            if (flavour != Flavour.IDRAC_8) {
                assertThat(changed(flavour, SHORT))
                        .as("%s", flavour)
                        .isInstanceOfSatisfying(PasswordChange.Refused.class, refused -> {
                            assertThat(refused.said().status()).isEqualTo(400);
                            assertThat(refused.said().messages().get(0).id()).contains(".");
                            assertThat(refused.words()).doesNotContain(SHORT);
                        });
                requireUntouched(flavour);
            }
        }
        assertThat(((PasswordChange.Refused) changed(Flavour.ILO_6, SHORT))
                        .said()
                        .messages()
                        .get(0))
                .satisfies(message -> {
                    assertThat(message.key()).isEqualTo("InvalidPasswordLength");
                    assertThat(message.arguments()).containsExactly("8", "39");
                });
        assertThat(((PasswordChange.Refused) changed(Flavour.XCC, SHORT))
                        .said()
                        .messages()
                        .get(0))
                .satisfies(message -> {
                    assertThat(message.severity()).isEqualTo("Warning");
                    assertThat(message.resolution()).startsWith("Correct the value");
                });
    }

    @Test
    public void aBmcThatWantsAPasswordKeptForADayRefusesTheWayBack() throws Exception {
        assertThat(changed(Flavour.XCC, NEW)).isInstanceOf(PasswordChange.Changed.class);
        try (BmcSession session = visitor.logOn(Flavour.XCC, NEW)) {
            assertThat(session.changePassword(session.account(USER).orElseThrow(), OLD.toCharArray()))
                    .isInstanceOf(PasswordChange.Refused.class);
        }
    }

    @Test
    public void anAccountThatChangedSinceItWasReadIsNotChanged() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            try (BmcSession session = visitor.logOn(flavour, OLD)) {
                final Account account = session.account(USER).orElseThrow();
                rule.faults().arm(Fault.ETAG_MISMATCH, Moment.at(flavour.name()));
                assertThat(session.changePassword(account, NEW.toCharArray()))
                        .as("%s", flavour)
                        .isInstanceOfSatisfying(
                                PasswordChange.PreconditionFailed.class,
                                failed -> assertThat(failed.said().status()).isEqualTo(412));
                requireUntouched(flavour);
                assertThat(session.changePassword(session.read(account), NEW.toCharArray()))
                        .as("read anew, on the same session")
                        .isInstanceOf(PasswordChange.Changed.class);
            }
        }
    }

    @Test
    public void aBmcThatWantsAPreconditionAndGotNoneSaysSo() throws Exception {
        rule.of(Flavour.GENERIC).setEtagHabit(EtagHabit.REQUIRED);
        try (BmcSession session = visitor.logOn(Flavour.GENERIC, OLD)) {
            final Account account = withoutEtag(session.account(USER).orElseThrow());
            assertThat(session.changePassword(account, NEW.toCharArray()))
                    .isInstanceOfSatisfying(
                            PasswordChange.PreconditionFailed.class,
                            failed -> assertThat(failed.said().status()).isEqualTo(428));
            requireUntouched(Flavour.GENERIC);
            assertThat(session.changePassword(account, NEW.toCharArray(), IfMatch.ANY))
                    .isInstanceOf(PasswordChange.Changed.class);
        }
    }

    @Test
    public void lenovosGetAPreconditionInAnyCase() throws Exception {
        try (BmcSession session = visitor.logOn(Flavour.XCC, OLD)) {
            assertThat(session.changePassword(withoutEtag(session.account(USER).orElseThrow()), NEW.toCharArray()))
                    .isInstanceOf(PasswordChange.Changed.class);
        }
    }

    private static Account withoutEtag(final Account account) {
        return new Account(
                account.path(),
                account.id(),
                account.userName(),
                account.roleId(),
                account.enabled(),
                account.locked(),
                account.changeRequired(),
                Optional.empty());
    }

    @Test
    public void aBmcThatMatchesWithoutQuotesOnlyIsGivenThatOnTheCallersWord() throws Exception {
        for (final Flavour flavour : new Flavour[] {Flavour.GENERIC, Flavour.XCC, Flavour.ILO_5, Flavour.IDRAC_9}) {
            rule.of(flavour).setEtagHabit(EtagHabit.UNQUOTED);
            try (BmcSession session = visitor.logOn(flavour, OLD)) {
                final Account account = session.account(USER).orElseThrow();
                assertThat(session.changePassword(account, NEW.toCharArray()))
                        .isInstanceOf(PasswordChange.PreconditionFailed.class);
                assertThat(session.changePassword(account, NEW.toCharArray(), IfMatch.UNQUOTED))
                        .as("%s", flavour)
                        .isInstanceOf(PasswordChange.Changed.class);
            }
        }
    }

    @Test
    public void aSessionThatHasEndedChangesNothing() throws Exception {
        try (BmcSession session = visitor.logOn(Flavour.IDRAC_10, OLD)) {
            final Account account = session.account(USER).orElseThrow();
            rule.of(Flavour.IDRAC_10).changeElsewhere(USER, "Other-Passw0rd3".toCharArray());
            assertThat(session.changePassword(account, NEW.toCharArray()))
                    .isInstanceOf(PasswordChange.SessionEnded.class);
            assertThat(session.changePassword(account, NEW.toCharArray()))
                    .as("and sends nothing any more")
                    .isEqualTo(new PasswordChange.SessionEnded(Optional.empty()));
        }
        assertThat(visitor.changesSent(Flavour.IDRAC_10)).isEqualTo(1);
    }

    @Test
    public void aRequiredChangeIsMadeTheVendorsWay() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            rule.of(flavour).requirePasswordChange(USER);
            final LogOn required = visitor.open(flavour).logOn(USER, OLD.toCharArray());
            assertThat(required).as("%s", flavour).isInstanceOf(LogOn.ChangeRequired.class);
            assertThat(required.mayHaveCounted()).isFalse();
            try (BmcSession session = ((LogOn.ChangeRequired) required).session()) {
                assertThat(session.changeRequiredPassword(NEW.toCharArray()))
                        .as("%s", flavour)
                        .isInstanceOf(PasswordChange.Changed.class);
            }
            assertThat(visitor.changesSent(flavour)).isEqualTo(1);
            assertThat(visitor.passwordsTried(flavour)).isEqualTo(1);
            Visitor.accepted(visitor.open(flavour).logOn(USER, NEW.toCharArray()))
                    .close();
        }
        assertThat(visitor.seen(Flavour.IDRAC_9))
                .contains("PATCH /redfish/v1/Managers/iDRAC.Embedded.1/Oem/Dell/DellAttributes/iDRAC.Embedded.1 done");
    }

    @Test
    public void whoHasToChangeTheirPasswordFirstIsToldSoByEveryReading() throws Exception {
        try (BmcSession session = visitor.logOn(Flavour.GENERIC, OLD)) {
            rule.of(Flavour.GENERIC).requirePasswordChange(USER);
            assertThatThrownBy(session::policy)
                    .isInstanceOfSatisfying(BmcException.class, required -> assertThat(required.kind())
                            .isEqualTo(BmcException.Kind.CHANGE_REQUIRED));
        }
    }

    @Test
    public void anotherAccountsChangeWaitsForOnesOwn() throws Exception {
        try (BmcSession session = visitor.logOn(Flavour.GENERIC, OLD)) {
            final Account other = session.account("monitor").orElseThrow();
            rule.of(Flavour.GENERIC).requirePasswordChange(USER);
            assertThat(session.changePassword(other, NEW.toCharArray()))
                    .isInstanceOf(PasswordChange.ChangeRequired.class);
        }
    }
}
