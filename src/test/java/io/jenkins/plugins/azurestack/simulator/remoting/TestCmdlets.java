package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.simulator.remoting.Cmdlet.Parameter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Cmdlets that do what tests want to see. */
final class TestCmdlets {
    /** Lets {@code Wait-Signal} go on, once each. */
    final Semaphore signals = new Semaphore(0);
    /** Opens when {@code Wait-Signal} begins to wait. */
    final CountDownLatch waiting = new CountDownLatch(1);

    private interface Body {
        void run(Invocation invocation, Streams streams) throws TerminatingError, InterruptedException;
    }

    private record Simple(String name, List<Parameter> parameters, Body body) implements Cmdlet {
        @Override
        public void run(final Invocation invocation, final Streams streams)
                throws TerminatingError, InterruptedException {
            body.run(invocation, streams);
        }
    }

    List<Cmdlet> all() {
        return List.of(
                new Simple(
                        "Get-Greeting",
                        List.of(Parameter.value("Name", "System.String")
                                .required()
                                .at(0)),
                        (call, streams) -> streams.output(
                                PsPrimitive.of("Hello " + call.text("Name").orElseThrow()))),
                new Simple(
                        "Get-Secret",
                        List.of(Parameter.secure("Value"), Parameter.credential("Login")),
                        (call, streams) -> {
                            streams.output(PsPrimitive.of(
                                    call.secret("Value").map(String::new).orElse("none")));
                            streams.output(PsPrimitive.of(call.credential("Login")
                                    .map(login -> login.userName() + "/" + new String(login.password()))
                                    .orElse("none")));
                        }),
                new Simple("Write-Everything", List.of(), (call, streams) -> {
                    streams.output(PsObject.builder()
                            .types(List.of("Stamp.Thing", "System.Object"))
                            .text("thing")
                            .extended("Size", 3)
                            .build());
                    streams.error(new TerminatingError(
                            "It is not there.",
                            "System.IO.FileNotFoundException",
                            "NotThere,Write-Everything",
                            13,
                            "Write-Everything",
                            "it",
                            "String"));
                    streams.warning("mind the gap");
                    streams.verbose("in other words");
                    streams.debug("at this point");
                    streams.information("by the way");
                    streams.progress("Working", "half", 50);
                }),
                new Simple(
                        "Get-Number",
                        List.of(Parameter.value("Count", "System.Int32"), Parameter.ofSwitch("Fast")),
                        (call, streams) -> {
                            for (int i = 1;
                                    i <= Integer.parseInt(call.text("Count").orElse("1"));
                                    i++) {
                                streams.output(PsPrimitive.of(i));
                            }
                        }),
                new Simple(
                        "Get-Large",
                        List.of(Parameter.value("Length", "System.Int32")),
                        (call, streams) -> streams.output(PsPrimitive.of(
                                "x".repeat(Integer.parseInt(call.text("Length").orElseThrow()))))),
                new Simple("Wait-Signal", List.of(), (call, streams) -> {
                    streams.output(PsPrimitive.of("waiting"));
                    waiting.countDown();
                    signals.acquire();
                    streams.output(PsPrimitive.of("went on"));
                }),
                new Simple("Stop-Everything", List.of(), (call, streams) -> {
                    throw new TerminatingError(
                            "That is that.",
                            "System.InvalidOperationException",
                            "ThatIsThat",
                            7,
                            "Stop-Everything",
                            "",
                            "");
                }));
    }
}
