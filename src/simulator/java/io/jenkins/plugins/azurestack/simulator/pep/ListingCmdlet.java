package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.simulator.remoting.Cmdlet;
import io.jenkins.plugins.azurestack.simulator.remoting.Invocation;
import io.jenkins.plugins.azurestack.simulator.remoting.Streams;
import java.util.List;
import java.util.function.Supplier;

/** A cmdlet without parameters that lists a few words. */
record ListingCmdlet(String name, Supplier<List<String>> words) implements Cmdlet {
    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public void run(final Invocation invocation, final Streams streams) throws InterruptedException {
        for (final String word : words.get()) {
            streams.output(PsPrimitive.of(word));
        }
    }
}
