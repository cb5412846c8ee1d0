package io.jenkins.plugins.azurestack.redfish;

import java.util.List;

/**
 * What a BMC answered in its own words, fit for a log line: passwords and tokens that were sent are masked in them.
 *
 * @param status the HTTP status
 * @param messages from {@code @Message.ExtendedInfo}, the first being the most telling one; may be empty
 */
public record Said(int status, List<Message> messages) {
    public Said {
        messages = List.copyOf(messages);
    }

    /**
     * A message of a registry, as far as the BMC filled it in; what it left out is empty.
     *
     * @param id with registry and version, such as {@code Base.1.8.AccessDenied}
     * @param text what it says
     * @param arguments what was filled in
     * @param severity such as {@code OK}, {@code Warning} or {@code Critical}
     * @param resolution what the vendor would do about it
     */
    public record Message(String id, String text, List<String> arguments, String severity, String resolution) {
        public Message {
            arguments = List.copyOf(arguments);
        }

        /** The last part of its id, such as {@code AccessDenied}. */
        public String key() {
            return id.substring(id.lastIndexOf('.') + 1);
        }

        boolean isBad() {
            return severity.equalsIgnoreCase("Critical");
        }

        /** All that it says, without a full stop at the end. */
        @Override
        public String toString() {
            final String what = text.isEmpty() && !arguments.isEmpty() ? String.join(", ", arguments) : text;
            final String named = id.isEmpty() || what.isEmpty() ? id + what : id + ": " + what;
            final String all = resolution.matches("(?i)(none[.]?)?") ? named : named + " " + resolution;
            return all.endsWith(".") ? all.substring(0, all.length() - 1) : all;
        }
    }

    /** The status and the first message. */
    @Override
    public String toString() {
        return messages.isEmpty() ? "HTTP " + status : "HTTP " + status + ", " + messages.get(0);
    }
}
