package io.jenkins.plugins.azurestack.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of evidence that a build keeps: plain files of one folder, and nothing else there. Stateless. */
public final class EvidenceFolder {
    /** A larger file is offered for download only. */
    private static final long MOST_BYTES = 64L << 20;

    private static final Pattern NAME = Pattern.compile("\\w[\\w.-]*\\.(json|html|xml|svg|csr|pem)");
    private static final Pattern CHECK = Pattern.compile("expiry-[\\w-]+\\.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    /** @param folder may be missing: then there are no files */
    public EvidenceFolder(final Path folder) {
        this.folder = Objects.requireNonNull(folder, "folder");
    }

    /**
     * A file that can be downloaded.
     *
     * @param bytes how large it is
     */
    public record Kept(String name, long bytes) {}

    /** Whether a check of expiry is among them, without reading any. */
    public boolean hasCheck() throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(
                    file -> CHECK.matcher(String.valueOf(file.getFileName())).matches());
        }
    }

    /** All of them, by name. */
    public List<Kept> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            final List<Path> plain =
                    files.filter(EvidenceFolder::isKept).sorted().toList();
            final List<Kept> kept = new java.util.ArrayList<>();
            for (final Path file : plain) {
                kept.add(new Kept(String.valueOf(file.getFileName()), Files.size(file)));
            }
            return kept;
        }
    }

    private static boolean isKept(final Path file) {
        return NAME.matcher(String.valueOf(file.getFileName())).matches()
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** One of them, by exactly its name: a path that leads elsewhere is none, nor is a link. */
    public Optional<Path> file(final String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(folder.resolve(name)).filter(EvidenceFolder::isKept);
    }

    /**
     * What one of them says.
     *
     * @return a missing node if it is not there, or too large to be shown
     * @throws IOException if it can't be read, or is no JSON
     */
    public JsonNode read(final String name) throws IOException {
        final Optional<Path> file = file(name);
        if (file.isEmpty() || Files.size(file.get()) > MOST_BYTES) {
            return MissingNode.getInstance();
        }
        return JSON.readTree(file.get().toFile());
    }
}
