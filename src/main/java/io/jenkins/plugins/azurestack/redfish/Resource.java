package io.jenkins.plugins.azurestack.redfish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.azurestack.net.http.LenientJson;
import io.jenkins.plugins.azurestack.net.http.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A resource or an error as a BMC wrote it, read leniently and bounded; what was sent in secret is masked in it. */
final class Resource {
    private static final String INFO = "@Message.ExtendedInfo";
    private static final int MOST_MESSAGES = 20;
    private static final int MOST_ARGUMENTS = 20;
    private static final int LARGEST_NUMBER = 1_000_000_000;

    private final JsonNode json;
    private final Mask mask;

    private Resource(final JsonNode json, final Mask mask) {
        this.json = json;
        this.mask = mask;
    }

    /** @throws IOException if there is no JSON; the message does not repeat what there is */
    static Resource of(final Reply reply, final Mask mask) throws IOException {
        return new Resource(LenientJson.parse(reply.body()), mask);
    }

    /** As {@link #of}; nothing in place of what is no JSON, such as the page of a proxy. */
    static Resource ofAnything(final Reply reply, final Mask mask) {
        try {
            return of(reply, mask);
        } catch (IOException e) {
            return new Resource(MissingNode.getInstance(), mask);
        }
    }

    /** A part by the way to it; nothing in it if there is none. */
    Resource at(final String... names) {
        return new Resource(LenientJson.at(json, names), mask);
    }

    boolean has(final String name) {
        return !LenientJson.field(json, name).isMissingNode();
    }

    /** The items of an array, or a thing that stands alone in its place; at most so many. */
    List<Resource> items(final int most) {
        if (!json.isArray()) {
            return json.isObject() ? List.of(this) : List.of();
        }
        final List<Resource> items = new ArrayList<>();
        for (int i = 0; i < Math.min(most, json.size()); i++) {
            items.add(new Resource(json.get(i), mask));
        }
        return items;
    }

    /** A printable text by the way to it; empty if it is missing, null or no single value. */
    String text(final String... names) {
        final JsonNode value = LenientJson.at(json, names);
        return value.isValueNode() && !value.isNull() ? mask.printable(value.asText()) : "";
    }

    Optional<String> optional(final String... names) {
        return Optional.of(text(names)).filter(value -> !value.isBlank());
    }

    /** Where a link leads to. */
    Optional<String> link(final String... names) {
        final JsonNode value = LenientJson.field(LenientJson.at(json, names), "@odata.id");
        return value.isTextual() ? Paths.of(value.asText()) : Optional.empty();
    }

    /** The same for an annotation that is a link by itself. */
    Optional<String> annotation(final String name) {
        final JsonNode value = LenientJson.field(json, name);
        return value.isTextual() ? Paths.of(value.asText()) : Optional.empty();
    }

    Optional<Boolean> truth(final String... names) {
        return switch (text(names).toLowerCase(Locale.ROOT)) {
            case "true", "enabled" -> Optional.of(true);
            case "false", "disabled" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** A whole number that is not negative, as a number or a text. */
    OptionalInt number(final String... names) {
        final String text = text(names);
        if (!text.matches("[0-9]{1,10}")) {
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) Math.min(LARGEST_NUMBER, Long.parseLong(text)));
    }

    /** What it says in messages, wherever it puts them, the more telling ones first. */
    Said said(final int status) {
        final List<Said.Message> messages = Stream.of(at("error", INFO), at(INFO), at("Password" + INFO))
                .flatMap(info -> info.items(MOST_MESSAGES).stream())
                .map(Resource::message)
                .filter(message -> !message.toString().isEmpty())
                .toList();
        if (messages.isEmpty() && optional("error", "message").isPresent()) {
            return new Said(
                    status,
                    List.of(new Said.Message(text("error", "code"), text("error", "message"), List.of(), "", "")));
        }
        return new Said(status, messages);
    }

    private Said.Message message() {
        return new Said.Message(
                text("MessageId"),
                text("Message"),
                at("MessageArgs").json.isArray() ? arguments() : List.of(),
                optional("MessageSeverity").orElseGet(() -> text("Severity")),
                text("Resolution"));
    }

    private List<String> arguments() {
        final List<String> arguments = new ArrayList<>();
        for (final Resource argument : at("MessageArgs").items(MOST_ARGUMENTS)) {
            arguments.add(argument.text());
        }
        return arguments;
    }
}
