package io.jenkins.plugins.azurestack.powershell.psrp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What recorded conversations with Windows carry below SOAP: the decoded stream elements of each direction. The folder is that of the
 * system property {@code recordings}, else {@code ../shared/recordings}, else {@code ../../shared/recordings}.
 */
public final class RecordedMessages {
    /** What a test says when it is skipped because the folder isn't there. */
    public static final String ABSENT =
            "Skipped: no recordings of Windows in ../shared/recordings" + " (name their folder with -Drecordings=...)";

    private static final Pattern STREAM = Pattern.compile(
            "<(?:\\w+:)?(?:creationXml|connectXml|connectResponseXml|Stream|Arguments)(?:\\s[^>]*)?>([^<]*)</");

    /**
     * One direction of one recorded conversation.
     *
     * @param file the recording's name
     * @param toServer whether these are the client's requests
     * @param elements decoded stream elements in order
     */
    public record Direction(String file, boolean toServer, List<byte[]> elements) {
        /** All messages in order. */
        public List<Message> messages() throws MalformedMessageException {
            final Defragmenter defragmenter = new Defragmenter();
            final List<Message> messages = new ArrayList<>();
            for (final byte[] element : elements) {
                messages.addAll(defragmenter.accept(element));
            }
            return messages;
        }
    }

    private RecordedMessages() {}

    /** The folder, if there is one. */
    public static Optional<Path> folder() {
        final String named = System.getProperty("recordings");
        final Stream<String> places =
                named == null ? Stream.of("../shared/recordings", "../../shared/recordings") : Stream.of(named);
        return places.map(Path::of).filter(Files::isDirectory).findFirst();
    }

    /** Both directions of every recording, sorted by file; empty without the folder. */
    public static List<Direction> all() {
        if (folder().isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder().get())) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .flatMap(RecordedMessages::directions)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Direction> directions(Path file) {
        final List<byte[]> requests = new ArrayList<>();
        final List<byte[]> responses = new ArrayList<>();
        for (final Map<String, Object> exchange : exchanges(file)) {
            requests.addAll(elements(exchange.get("request")));
            responses.addAll(elements(exchange.get("response")));
        }
        final String name = file.getFileName().toString();
        return Stream.of(new Direction(name, true, requests), new Direction(name, false, responses));
    }

    private static List<Map<String, Object>> exchanges(Path file) {
        final LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        try (var reader = Files.newBufferedReader(file)) {
            final Map<String, List<Map<String, Object>>> recording =
                    new Yaml(new SafeConstructor(options)).load(reader);
            return recording.get("messages");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<byte[]> elements(Object soap) {
        final List<byte[]> elements = new ArrayList<>();
        if (soap instanceof String text) {
            final Matcher matcher = STREAM.matcher(text);
            while (matcher.find()) {
                elements.add(Base64.getDecoder().decode(matcher.group(1).strip()));
            }
        }
        return elements;
    }
}
