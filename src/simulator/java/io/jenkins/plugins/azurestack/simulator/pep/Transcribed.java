package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.simulator.remoting.Cmdlet;
import io.jenkins.plugins.azurestack.simulator.remoting.Invocation;
import io.jenkins.plugins.azurestack.simulator.remoting.Streams;
import io.jenkins.plugins.azurestack.simulator.remoting.TerminatingError;
import java.util.Arrays;
import java.util.List;

/** A cmdlet of which everything is transcribed that it is called with, and that it writes. */
final class Transcribed implements Cmdlet {
    private final Cmdlet cmdlet;
    private final Transcripts transcripts;

    Transcribed(final Cmdlet cmdlet, final Transcripts transcripts) {
        this.cmdlet = cmdlet;
        this.transcripts = transcripts;
    }

    @Override
    public String name() {
        return cmdlet.name();
    }

    @Override
    public List<Parameter> parameters() {
        return cmdlet.parameters();
    }

    @Override
    public void run(final Invocation invocation, final Streams streams) throws TerminatingError, InterruptedException {
        transcripts.began(invocation.host(), invocation.session(), invocation.caller(), command(invocation));
        try {
            cmdlet.run(invocation, new Written(invocation.session(), streams));
        } catch (TerminatingError e) {
            transcripts.line(invocation.session(), cmdlet.name() + " : " + e.getMessage());
            throw e;
        } finally {
            transcripts.ended();
        }
    }

    /** The command as somebody would have typed it, without secrets. */
    private String command(final Invocation invocation) {
        final StringBuilder command = new StringBuilder(name());
        for (final Parameter parameter : parameters()) {
            if (invocation.given().contains(parameter.name())) {
                command.append(" -").append(parameter.name()).append(argument(parameter, invocation));
            }
        }
        return command.toString();
    }

    private static String argument(final Parameter parameter, final Invocation invocation) {
        return switch (parameter.kind()) {
            case SWITCH -> "";
            case SECURE_STRING -> " " + parameter.type();
            case VALUE -> " \"" + String.join(",", invocation.texts(parameter.name())) + "\"";
            case CREDENTIAL ->
                invocation
                        .credential(parameter.name())
                        .map(credential -> {
                            Arrays.fill(credential.password(), '\0');
                            return " " + credential.userName();
                        })
                        .orElse(" $null");
        };
    }

    private final class Written implements Streams {
        private final String session;
        private final Streams streams;

        Written(final String session, final Streams streams) {
            this.session = session;
            this.streams = streams;
        }

        @Override
        public void output(final PsValue value) throws InterruptedException {
            transcripts.line(session, value.asString());
            streams.output(value);
        }

        @Override
        public void error(final TerminatingError error) throws InterruptedException {
            transcripts.line(session, name() + " : " + error.getMessage());
            streams.error(error);
        }

        @Override
        public void warning(final String message) throws InterruptedException {
            transcripts.line(session, "WARNING: " + message);
            streams.warning(message);
        }

        @Override
        public void verbose(final String message) throws InterruptedException {
            transcripts.line(session, "VERBOSE: " + message);
            streams.verbose(message);
        }

        @Override
        public void debug(final String message) throws InterruptedException {
            transcripts.line(session, "DEBUG: " + message);
            streams.debug(message);
        }

        @Override
        public void information(final String message) throws InterruptedException {
            transcripts.line(session, message);
            streams.information(message);
        }

        @Override
        public void progress(final String activity, final String status, final int percent)
                throws InterruptedException {
            streams.progress(activity, status, percent);
        }
    }
}
