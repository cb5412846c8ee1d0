package io.jenkins.plugins.azurestack.powershell.psrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.powershell.clixml.PsNull;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import java.util.Arrays;
import org.junit.Test;

/** The life of a pool as its client sees it. */
public class PoolStateMachineTest {
    private final PoolStateMachine machine = new PoolStateMachine();

    private static PsValue state(RunspacePoolState state) {
        return PsObject.builder().extended("RunspaceState", state.number()).build();
    }

    private static PsValue capability(String version) {
        return PsObject.builder()
                .extended("protocolversion", PsPrimitive.of(version))
                .build();
    }

    @Test
    public void opensStepByStep() throws Exception {
        machine.to(RunspacePoolState.NEGOTIATION_SENT);
        machine.onState(state(RunspacePoolState.OPENED));
        assertThat(machine.state()).as("not before the negotiation").isEqualTo(RunspacePoolState.NEGOTIATION_SENT);
        machine.onSessionCapability(capability("2.2"));
        assertThat(machine.state()).isEqualTo(RunspacePoolState.NEGOTIATION_SUCCEEDED);
        machine.onState(state(RunspacePoolState.OPENED));
        assertThat(machine.state()).isEqualTo(RunspacePoolState.OPENED);
        assertThat(machine.version()).isEqualTo(ProtocolVersion.V2_2);
    }

    @Test
    public void aBrokenPoolStaysBroken() {
        machine.to(RunspacePoolState.NEGOTIATION_SENT);
        machine.onState(state(RunspacePoolState.BROKEN));
        machine.onState(state(RunspacePoolState.OPENED));
        assertThat(machine.state()).isEqualTo(RunspacePoolState.BROKEN);
        assertThatThrownBy(machine::checkNotBroken)
                .isInstanceOf(PoolBrokenException.class)
                .hasMessageContaining("nothing about the reason");
    }

    @Test
    public void aPoolThatTheServerClosesIsBroken() {
        for (RunspacePoolState closed : new RunspacePoolState[] {RunspacePoolState.CLOSING, RunspacePoolState.CLOSED}) {
            PoolStateMachine open = new PoolStateMachine();
            open.to(RunspacePoolState.CONNECTING);
            open.onInitData();
            open.onState(state(closed));
            assertThat(open.state()).isEqualTo(RunspacePoolState.BROKEN);
        }
    }

    @Test
    public void capabilitiesWithoutAVersionAreMalformed() {
        for (PsValue nonsense : new PsValue[] {PsNull.NULL, capability(""), capability("two"), capability("2")}) {
            assertThatThrownBy(() -> machine.onSessionCapability(nonsense))
                    .isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    public void nothingLeadsOutOfTheEnd() {
        for (RunspacePoolState state : RunspacePoolState.values()) {
            boolean leads = Arrays.stream(RunspacePoolState.values()).anyMatch(state::leadsTo);
            assertThat(leads).as(state.name()).isEqualTo(!state.isTerminal());
        }
        assertThatThrownBy(() -> machine.to(RunspacePoolState.OPENED)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    public void numbersAndStatesBelongTogether() {
        for (RunspacePoolState state : RunspacePoolState.values()) {
            assertThat(RunspacePoolState.of(state.number())).contains(state);
        }
        for (PipelineState state : PipelineState.values()) {
            assertThat(PipelineState.of(state.number())).contains(state);
        }
        for (HostMethod method : HostMethod.values()) {
            assertThat(HostMethod.of(method.number())).contains(method);
        }
        for (ErrorCategory category : ErrorCategory.values()) {
            assertThat(ErrorCategory.of(category.number())).isEqualTo(category);
        }
        assertThat(RunspacePoolState.of(42)).isEmpty();
        assertThat(PipelineState.of(-1)).isEmpty();
        assertThat(HostMethod.of(0)).isEmpty();
        assertThat(HostMethod.of(57)).isEmpty();
        assertThat(ErrorCategory.of(-1)).isEqualTo(ErrorCategory.NOT_SPECIFIED);
    }
}
