package io.jenkins.plugins.azurestack.simulator.remoting;

import java.util.List;

/** A command that sessions of an endpoint may run. Called from many threads at once. */
public interface Cmdlet {
    /** Its name as it is written in documentation; called in any case. */
    String name();

    /** What it takes. */
    List<Parameter> parameters();

    /**
     * Runs it. Parameters are bound: every one is known, those with values have one, mandatory ones are there.
     *
     * @throws TerminatingError if it ends with an error that ends the pipeline too
     * @throws InterruptedException if the pipeline is being stopped, or its session is gone
     */
    void run(Invocation invocation, Streams streams) throws TerminatingError, InterruptedException;

    /**
     * A parameter.
     *
     * @param name without the dash
     * @param type what {@code Get-Command} calls its type, such as {@code System.String}
     * @param kind what it takes
     * @param mandatory whether it must be there
     * @param position where its value may stand without a name, from 0; negative if nowhere
     */
    record Parameter(String name, String type, Kind kind, boolean mandatory, int position) {
        /** What a parameter takes. */
        public enum Kind {
            VALUE,
            SWITCH,
            SECURE_STRING,
            CREDENTIAL
        }

        /** An optional parameter with a value, by name only. */
        public static Parameter value(final String name, final String type) {
            return new Parameter(name, type, Kind.VALUE, false, -1);
        }

        /** A switch. */
        public static Parameter ofSwitch(final String name) {
            return new Parameter(name, "System.Management.Automation.SwitchParameter", Kind.SWITCH, false, -1);
        }

        /** An optional secure string. */
        public static Parameter secure(final String name) {
            return new Parameter(name, "System.Security.SecureString", Kind.SECURE_STRING, false, -1);
        }

        /** An optional credential. */
        public static Parameter credential(final String name) {
            return new Parameter(name, "System.Management.Automation.PSCredential", Kind.CREDENTIAL, false, -1);
        }

        /** The same, as one that must be there. */
        public Parameter required() {
            return new Parameter(name, type, kind, true, position);
        }

        /** The same, whose value may stand without its name. */
        public Parameter at(final int index) {
            return new Parameter(name, type, kind, mandatory, index);
        }
    }
}
