package io.jenkins.plugins.azurestack.simulator.remoting;

/** A command that takes objects from the pipeline. */
interface Filter extends Cmdlet {
    /** One call of it. */
    Stage open(Invocation invocation, Streams streams);

    /** Without objects. */
    @Override
    default void run(final Invocation invocation, final Streams streams) throws TerminatingError, InterruptedException {
        open(invocation, streams).end();
    }
}
