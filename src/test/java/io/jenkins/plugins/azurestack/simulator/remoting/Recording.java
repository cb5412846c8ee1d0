package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.psrp.Defragmenter;
import io.jenkins.plugins.azurestack.powershell.psrp.Message;
import java.io.IOException;
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
 * What a client of other authors and a real Windows once said to each other: a file of the folder of recordings, which is
 * named by the system property {@code recordings}, else lies beside the project.
 *
 * @param exchanges in order
 */
record Recording(List<Exchange> exchanges) {
    static final String ABSENT =
            "Skipped: no recordings of Windows in ../shared/recordings (name their folder with -Drecordings=...)";
    private static final Pattern STREAM = Pattern.compile("<rsp:Stream Name=\"stdout\"[^>]*>([^<]*)</rsp:Stream>");

    /** @param status of the answer's HTTP */
    record Exchange(String request, String answer, int status) {
        String action() {
            final Matcher matcher = Pattern.compile("Action[^>]*>([^<]*)<").matcher(request);
            return matcher.find() ? matcher.group(1).substring(matcher.group(1).lastIndexOf('/') + 1) : "";
        }
    }

    static Optional<Path> folder() {
        final String named = System.getProperty("recordings");
        return (named == null ? Stream.of("../shared/recordings", "../../shared/recordings") : Stream.of(named))
                .map(Path::of)
                .filter(Files::isDirectory)
                .findFirst();
    }

    @SuppressWarnings("unchecked")
    static Recording of(final String name) throws IOException {
        final LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(64 << 20);
        final Map<String, Object> file = new Yaml(new SafeConstructor(options))
                .load(Files.readString(folder().orElseThrow().resolve(name + ".yml")));
        final List<Exchange> exchanges = new ArrayList<>();
        for (final Map<String, Object> one : (List<Map<String, Object>>) file.get("messages")) {
            final Map<String, Object> error = (Map<String, Object>) one.get("transport_error");
            exchanges.add(new Exchange(
                    (String) one.get("request"),
                    (String) one.get("response"),
                    error == null ? 200 : (Integer) error.get("code")));
        }
        return new Recording(exchanges);
    }

    /** The messages in a Receive's answer that are whole. */
    static List<Message> messages(final Defragmenter defragmenter, final String answer) throws IOException {
        final List<Message> messages = new ArrayList<>();
        final Matcher matcher = STREAM.matcher(answer);
        while (matcher.find()) {
            try {
                messages.addAll(defragmenter.accept(Base64.getDecoder().decode(matcher.group(1))));
            } catch (io.jenkins.plugins.azurestack.powershell.psrp.MalformedMessageException e) {
                throw new IOException(e);
            }
        }
        return messages;
    }
}
