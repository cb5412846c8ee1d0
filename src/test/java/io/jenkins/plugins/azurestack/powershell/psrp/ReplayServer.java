package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlReader;
import io.jenkins.plugins.azurestack.powershell.clixml.PsNull;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.wsman.SoapChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Plays a recorded conversation of Windows back to the client, and checks that the client asks what was asked then: the
 * same operations in the same order on the same shells and commands, with the same messages and the same content where
 * content matters. Ids, numbering and the order of properties may differ; a client may ask for output more often and
 * release commands that the recorded client did not.
 */
final class ReplayServer {
    /** What a server is asked about itself rather than about a pool; this client does not need it. */
    private static final Set<String> NOT_ASKED_BY_US = Set.of("Get", "Enumerate");

    private static final Set<String> FREE = Set.of("HostInfo", "RemoteStreamOptions", "ApartmentState");
    private static final int MANY = 200;
    private static final Pattern STREAM = Pattern.compile("(?<=<rsp:Stream [^>]{1,200}[^/]>)[^<]+");

    private final Deque<Exchange> left = new ArrayDeque<>();
    private final List<String> complaints = new ArrayList<>();
    private final Defragmenter recorded = new Defragmenter();
    private final Defragmenter live = new Defragmenter();
    private final Map<UUID, UUID> livePipelines = new HashMap<>();
    private int extraReceives;

    private record Exchange(SoapRequest request, String response) {}

    ReplayServer(Path recording) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        Map<String, List<Map<String, Object>>> file =
                new Yaml(new SafeConstructor(options)).load(Files.readString(recording));
        for (Map<String, Object> message : file.get("messages")) {
            SoapRequest request =
                    SoapRequest.parse(message.get("request").toString().getBytes(StandardCharsets.UTF_8));
            if (!NOT_ASKED_BY_US.contains(request.operation())) {
                left.add(new Exchange(request, message.get("response").toString()));
            }
        }
    }

    /** The text of the first command of the recording's first pipeline. */
    String firstCommandText() throws IOException {
        Defragmenter defragmenter = new Defragmenter();
        for (Exchange exchange : left) {
            for (Message message : messages(defragmenter, exchange.request())) {
                if (message.type().orElseThrow() == MessageType.CREATE_PIPELINE) {
                    PsValue powerShell =
                            new CliXmlReader().read(message.payload()).property("PowerShell");
                    return powerShell
                            .property("Cmds")
                            .items()
                            .get(0)
                            .property("Cmd")
                            .asString();
                }
            }
        }
        throw new AssertionError("no pipeline in this recording");
    }

    /** The id of the shell that the recorded client connects to next. */
    synchronized UUID connectedShell() {
        return UUID.fromString(left.stream()
                .map(Exchange::request)
                .filter(request -> request.operation().equals("Connect"))
                .findFirst()
                .orElseThrow()
                .shellId());
    }

    /** One of the connections to this server. */
    SoapChannel channel() {
        return new SoapChannel() {
            @Override
            public byte[] exchange(byte[] envelope, Duration limit) {
                return answer(SoapRequest.parse(envelope));
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }

    /** What the client asked otherwise than recorded, and what it did not ask; empty for a faithful replay. */
    synchronized List<String> complaints() {
        List<String> all = new ArrayList<>(complaints);
        left.forEach(exchange -> all.add("not asked: " + exchange.request().role()));
        return all;
    }

    private synchronized byte[] answer(SoapRequest request) {
        Exchange next = left.peek();
        if (next == null || !next.request().role().equals(request.role())) {
            return extra(request, next);
        }
        left.poll();
        extraReceives = 0;
        compare(next.request(), request);
        String related = next.response().replaceAll("(RelatesTo>)[^<]*(</)", "$1" + request.messageId() + "$2");
        return STREAM.matcher(related)
                .replaceAll(stream -> withLivePipelines(stream.group()))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The same fragments with the ids that the live client gave its pipelines, as Windows would repeat them. */
    private String withLivePipelines(String base64) {
        ByteBuffer source = ByteBuffer.wrap(Base64.getDecoder().decode(base64.strip()));
        ByteArrayOutputStream live = new ByteArrayOutputStream();
        try {
            while (source.hasRemaining()) {
                Fragment fragment = Fragment.decode(source);
                byte[] blob = fragment.blob();
                if (fragment.isStart()) {
                    ByteBuffer id = ByteBuffer.wrap(blob, Message.HEADER_LENGTH - DotNetGuid.LENGTH, DotNetGuid.LENGTH);
                    UUID then = DotNetGuid.read(id.duplicate());
                    DotNetGuid.write(livePipelines.getOrDefault(then, then), id);
                }
                live.writeBytes(new Fragment(
                                fragment.objectId(), fragment.fragmentId(), fragment.isStart(), fragment.isEnd(), blob)
                        .encode());
            }
        } catch (MalformedMessageException e) {
            throw new AssertionError("the recording is damaged", e);
        }
        return Base64.getEncoder().encodeToString(live.toByteArray());
    }

    private byte[] extra(SoapRequest request, Exchange next) {
        if (request.operation().equals("Receive") && ++extraReceives < MANY) {
            return SoapAnswer.fault(request, SoapAnswer.TIMED_OUT, "nothing to say yet");
        }
        if (request.role().endsWith("/signal/Terminate")) {
            return SoapAnswer.empty(request);
        }
        complaints.add("asked " + request.role() + " where the recording has "
                + (next == null ? "ended" : next.request().role()));
        return SoapAnswer.fault(request, SoapAnswer.GONE, "not in this recording");
    }

    private void compare(SoapRequest then, SoapRequest now) {
        check(now.resourceUri().equals(then.resourceUri()), "resource " + now.resourceUri());
        check(
                now.locales().stream().allMatch("en-US"::equals)
                        && now.locales().size() == 2,
                "locales " + now.locales());
        check(now.protocolVersion().equals(then.protocolVersion()), "protocol version " + now.protocolVersion());
        try {
            List<Message> expected = messages(recorded, then);
            List<Message> actual = messages(live, now);
            check(
                    types(expected).equals(types(actual)),
                    now.role() + " carries " + types(actual) + " instead of " + types(expected));
            for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
                compare(expected.get(i), actual.get(i));
            }
        } catch (IOException e) {
            complaints.add(now.role() + ": " + e.getMessage());
        }
    }

    private void compare(Message then, Message now) throws IOException {
        livePipelines.put(then.pipeline(), now.pipeline());
        if (then.payload().length == 0 || now.payload().length == 0) {
            check(then.payload().length == now.payload().length, now + " has another payload");
            return;
        }
        Object expected = canonical(new CliXmlReader().read(then.payload()), new TreeSet<>());
        Object actual = canonical(new CliXmlReader().read(now.payload()), new TreeSet<>());
        check(expected.equals(actual), now + " says\n" + actual + "\ninstead of\n" + expected);
    }

    private void check(boolean good, String complaint) {
        if (!good) {
            complaints.add(complaint);
        }
    }

    private static List<Message> messages(Defragmenter defragmenter, SoapRequest request) throws IOException {
        List<Message> messages = new ArrayList<>();
        for (byte[] payload : request.payloads()) {
            messages.addAll(defragmenter.accept(payload));
        }
        return messages;
    }

    private static List<String> types(List<Message> messages) {
        return messages.stream().map(m -> m.type().orElseThrow().name()).toList();
    }

    /** A value as plain collections, without what a client is free to choose. */
    private static Object canonical(PsValue value, TreeSet<Integer> within) {
        if (value == PsNull.NULL) {
            return "null";
        }
        if (value instanceof PsPrimitive primitive) {
            return primitive.type() + " "
                    + (primitive.value() instanceof byte[] b ? List.of(b.length) : primitive.value());
        }
        if (value instanceof PsSecureString secret) {
            return "secret " + SealedText.of(secret);
        }
        if (!(value instanceof PsObject object) || !within.add(System.identityHashCode(value))) {
            return value.toString();
        }
        Map<String, Object> parts = new TreeMap<>();
        parts.put("#types", object.typeNames());
        object.base().ifPresent(base -> parts.put("#base", canonical(base, within)));
        parts.put(
                "#items", object.items().stream().map(i -> canonical(i, within)).toList());
        List<Object> entries = new ArrayList<>();
        object.entries().forEach(e -> entries.add(List.of(canonical(e.key(), within), canonical(e.value(), within))));
        parts.put("#entries", entries);
        object.adapted().forEach((name, part) -> parts.put(name, canonical(part, within)));
        object.extended().forEach((name, part) -> {
            if (!FREE.contains(name)) {
                parts.put(name, canonical(part, within));
            }
        });
        within.remove(System.identityHashCode(value));
        return Collections.unmodifiableMap(parts);
    }
}
