package io.jenkins.plugins.azurestack.rehearsal;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Steps that take files from the workspace: {@code archiveArtifacts} and {@code junit}. */
final class Artifacts {
    static final Signature ARCHIVE = Signature.of("archiveArtifacts")
            .needs("artifacts", String.class)
            .takes("allowEmptyArchive", boolean.class)
            .takes("caseSensitive", boolean.class)
            .takes("defaultExcludes", boolean.class)
            .takes("excludes", String.class)
            .takes("fingerprint", boolean.class)
            .takes("followSymlinks", boolean.class)
            .takes("onlyIfSuccessful", boolean.class);
    static final Signature JUNIT = Signature.of("junit")
            .needs("testResults", String.class)
            .takes("allowEmptyResults", boolean.class)
            .takes("checksName", String.class)
            .takes("healthScaleFactor", double.class)
            .takes("keepLongStdio", boolean.class)
            .takes("keepProperties", boolean.class)
            .takes("keepTestNames", boolean.class)
            .takes("skipMarkingBuildUnstable", boolean.class)
            .takes("skipMarkingStageUnstable", boolean.class)
            .takes("skipOldReports", boolean.class)
            .takes("skipPublishingChecks", boolean.class)
            .takes("stdioRetention", String.class)
            .takes("testDataPublishers", List.class);

    private final Build build;

    Artifacts(final Build build) {
        this.build = build;
    }

    /** Copies what the pattern matches into the build's archive. */
    Object archive(final Signature.Bound call) throws IOException {
        build.console().line("Archiving artifacts");
        if (call.flag("onlyIfSuccessful") && build.current().isWorseThan(BuildResult.UNSTABLE)) {
            build.console().line("Skipped archiving because build is not successful");
            return null;
        }
        final List<Path> files = matching(call.text("artifacts"), call.text("excludes"));
        if (files.isEmpty()) {
            final String complaint = "No artifacts found that match the file pattern \"" + call.text("artifacts")
                    + "\". Configuration error?";
            if (!call.flag("allowEmptyArchive")) {
                throw new StepFailedException(complaint);
            }
            build.console().line(complaint);
        }
        for (final Path file : files) {
            final Path target = build.archive().resolve(file.toString());
            Files.createDirectories(folderOf(target));
            Files.copy(requireWorkspace(build).resolve(file), target, StandardCopyOption.REPLACE_EXISTING);
        }
        if (call.flag("fingerprint")) {
            build.console().line("Recording fingerprints");
        }
        return null;
    }

    /** Reads JUnit results, and marks the build unstable if a test failed. */
    Object junit(final Signature.Bound call) throws IOException {
        build.console().line("Recording test results");
        final List<Path> files = matching(call.text("testResults"), "");
        if (files.isEmpty() && !call.flag("allowEmptyResults")) {
            throw new StepFailedException("No test report files were found. Configuration error?");
        }
        int total = 0;
        int failed = 0;
        int skipped = 0;
        for (final Path file : files) {
            final Document results = parse(requireWorkspace(build).resolve(file));
            total += results.getElementsByTagName("testcase").getLength();
            failed += casesWith(results, "failure", "error");
            skipped += casesWith(results, "skipped");
        }
        if (failed > 0 && !call.flag("skipMarkingStageUnstable")) {
            build.markStage(BuildResult.UNSTABLE);
            if (!call.flag("skipMarkingBuildUnstable")) {
                build.worsen(BuildResult.UNSTABLE);
            }
        }
        final Map<String, Object> summary = new HashMap<>();
        summary.put("totalCount", total);
        summary.put("failCount", failed);
        summary.put("skipCount", skipped);
        summary.put("passCount", total - failed - skipped);
        return summary;
    }

    private static int casesWith(final Document results, final String... children) {
        int found = 0;
        final NodeList cases = results.getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            final NodeList inside = cases.item(i).getChildNodes();
            for (int j = 0; j < inside.getLength(); j++) {
                if (Arrays.asList(children).contains(inside.item(j).getNodeName())) {
                    found++;
                    break;
                }
            }
        }
        return found;
    }

    private static Document parse(final Path file) throws IOException {
        final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        try {
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newDocumentBuilder().parse(file.toFile());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The JDK's XML parser can be told to be safe", e);
        } catch (SAXException e) {
            throw new StepFailedException("Failed to read test report file " + file + ": " + e.getMessage(), e);
        }
    }

    private List<Path> matching(final String includes, final String excludes) throws IOException {
        final Path workspace = requireWorkspace(build);
        final List<PathMatcher> wanted = matchers(includes);
        final List<PathMatcher> unwanted = matchers(excludes);
        try (Stream<Path> files = Files.walk(workspace)) {
            return files.filter(Files::isRegularFile)
                    .map(workspace::relativize)
                    .filter(file -> wanted.stream().anyMatch(matcher -> matcher.matches(file)))
                    .filter(file -> unwanted.stream().noneMatch(matcher -> matcher.matches(file)))
                    .sorted()
                    .toList();
        }
    }

    /** Ant's patterns: comma-separated, and a leading {@code **}{@code /} matches no folder as well. */
    private static List<PathMatcher> matchers(final String patterns) {
        return Arrays.stream(patterns.split(","))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .map(pattern -> pattern.endsWith("/") ? pattern + "**" : pattern)
                .flatMap(pattern ->
                        pattern.startsWith("**/") ? Stream.of(pattern, pattern.substring(3)) : Stream.of(pattern))
                .map(pattern -> pattern.replaceAll("[\\[\\]{}\\\\]", "\\\\$0"))
                .map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern))
                .toList();
    }

    /** The folder that a file lies in. */
    static Path folderOf(final Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "A file lies in a folder");
    }

    /** The workspace of the node that the step runs in. */
    static Path requireWorkspace(final Build build) {
        return build.workspace()
                .orElseThrow(() -> new StepFailedException("Required context class hudson.FilePath is missing"
                        + System.lineSeparator()
                        + "Perhaps you forgot to surround the step with a step that provides this, such as: node"));
    }
}
