package io.jenkins.plugins.azurestack.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.azurestack.canary.Canaries;
import io.jenkins.plugins.azurestack.canary.PluginsLog;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * All four steps in a real Jenkins, with secrets that are told from everything else, and the search for them in its whole home
 * and its log. Left out by name: the plugins, which nobody writes. The credentials store keeps its secrets encrypted, and is
 * searched like everything else.
 */
public class CanariesInJenkinsHomeTest {
    private static final Set<String> LEFT_OUT = Set.of("plugins", "war");
    private static final Identity IDENTITY = new Identity(
            "AZURESTACK",
            "azurestack.local",
            "CloudAdmin",
            "Cän4ry <&>\"'\\ % + $1 admin",
            "5f1ed000-0000-4000-8000-00000000aad0",
            "5f1ed000-0000-4000-8000-0000000000c1",
            "canary~client&secret+/=%41'\"<>",
            "azsadmin",
            "Canary1Bmc",
            "CONTOSO\\azs-rotation",
            "C4nary-Share & <\"'\\>");
    private static final String CHECK_AND_REQUEST =
            """
            azsCheckExpiry(stamp: 'east', failOn: 'NEVER', unstableOn: 'NEVER')
            azsCertificateRequests(stamp: 'east', folders: ['ARM Public'], subject: 'O=Contoso')
            """;
    private static final String UPDATE =
            """
            def plan = azsUpdateBmc(stamp: 'east', generate: true, plan: true)
            azsUpdateBmc(stamp: 'east', approvedPlan: plan.id)
            """;
    private static final String ROTATE =
            """
            def plan = azsRotateSecrets(stamp: 'east', scope: 'external', plan: true)
            azsRotateSecrets(stamp: 'east', approvedPlan: plan.id)
            """;

    @ClassRule
    public static final BuildWatcher WATCHER = new BuildWatcher();

    @Rule(order = 0)
    public final SimulatedEast east = new SimulatedEast(IDENTITY, usual -> usual.timeFactor(2000));

    @Rule(order = 1)
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule(order = 2)
    public final PluginsLog log = new PluginsLog();

    private final Canaries canaries = new Canaries();

    @Before
    public void configure() throws Exception {
        east.lead();
        final StampAccess access = east.access();
        access.configure();
        access.logins().forEach((id, login) -> canaries.password(id, login[0], login[1]));
        for (int i = 0; i < access.issued().size(); i++) {
            canaries.key("key " + i, access.issued().get(i).key());
        }
    }

    private WorkflowRun run(final Result result, final String name, final String script) throws Exception {
        return jenkins.buildAndAssertStatus(result, StampAccess.job(name, script));
    }

    private Set<String> found() throws IOException {
        final Set<String> found = new TreeSet<>(canaries.in("the controller's log", log.lines()));
        for (final Path file : files()) {
            final String name = home().relativize(file).toString();
            found.addAll(canaries.in("the name of " + name, name));
            try {
                found.addAll(canaries.in(name, Files.readAllBytes(file)));
            } catch (NoSuchFileException e) {
                // Jenkins writes beside a file and renames: what was in it is in that one.
            }
        }
        return found;
    }

    private List<Path> files() throws IOException {
        final List<Path> files = new ArrayList<>();
        Files.walkFileTree(home(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(final Path folder, final BasicFileAttributes attributes) {
                final boolean left = folder.getParent().equals(home())
                        && LEFT_OUT.contains(folder.getFileName().toString());
                return left ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(final Path file, final IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return files;
    }

    private Path home() {
        return jenkins.jenkins.getRootDir().toPath();
    }

    @Test
    public void noSecretIsWrittenAnywhereBelowTheHome() throws Exception {
        run(Result.SUCCESS, "check", CHECK_AND_REQUEST);
        run(Result.SUCCESS, "update", UPDATE);
        east.simulated().world().faults().arm(Fault.ACTION_PLAN_FAILS, Moment.NEXT);
        final WorkflowRun failed = run(Result.FAILURE, "rotate", ROTATE);
        jenkins.assertLogContains("NEEDS_RERUN", failed);

        assertThat(StampAccess.kept("east-arm-public-key-passphrase"))
                .isInstanceOfSatisfying(
                        StringCredentials.class,
                        made -> canaries.text(
                                "the passphrase that was made", made.getSecret().getPlainText()));
        final String fresh = StampAccess.password("east-bmc");
        assertThat(fresh).isNotEqualTo(IDENTITY.bmcPassword());
        canaries.password("the BMC password that was made", IDENTITY.bmcUser(), fresh);
        assertThat(files()).hasSizeGreaterThan(50);
        assertThat(found()).isEmpty();
    }

    /** Without this, a search that finds nothing would say nothing. */
    @Test
    public void aCanaryIsFoundInEachPlaceAndForm() throws Exception {
        final WorkflowRun build = run(Result.SUCCESS, "check", "echo 'a build'");
        final List<Path> places = List.of(
                home(),
                build.getRootDir().toPath(),
                build.getParent().getRootDir().toPath(),
                Files.createDirectories(build.getRootDir().toPath().resolve("workflow")),
                Files.createDirectories(home().resolve(StampHome.FOLDER).resolve("stamps/east")),
                Files.createDirectories(home().resolve("logs")),
                Files.createDirectories(home().resolve("userContent")));
        assertThat(found()).isEmpty();
        final List<String> planted = new ArrayList<>();
        for (final Path place : places) {
            for (final Map.Entry<String, byte[]> form : forms().entrySet()) {
                planted.add("planted-" + planted.size() + "-" + form.getKey());
                Files.write(place.resolve(planted.get(planted.size() - 1)), form.getValue());
            }
        }
        log.fine(IDENTITY.clientSecret());
        final Set<String> found = found();
        assertThat(planted).hasSize(places.size() * forms().size()).allSatisfy(name -> assertThat(found)
                .anyMatch(one -> one.contains(name)));
        assertThat(found).anyMatch(one -> one.contains("the controller's log"));
    }

    private static Map<String, byte[]> forms() throws IOException {
        final String secret = IDENTITY.sharePassword();
        final byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        final Map<String, byte[]> forms = new LinkedHashMap<>();
        forms.put("raw", bytes);
        forms.put("base64", Base64.getEncoder().encode(bytes));
        forms.put("URL", URLEncoder.encode(secret, StandardCharsets.UTF_8).getBytes(StandardCharsets.US_ASCII));
        forms.put("JSON", secret.replace("\\", "\\\\").replace("\"", "\\\"").getBytes(StandardCharsets.UTF_8));
        forms.put("XML", hudson.Util.xmlEscape(secret).getBytes(StandardCharsets.UTF_8));
        forms.put("UTF-16", secret.getBytes(StandardCharsets.UTF_16LE));
        final ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(bytes);
        }
        forms.put("gzip", gzip.toByteArray());
        final ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("inside"));
            out.write(bytes);
        }
        forms.put("zip", zip.toByteArray());
        return forms;
    }
}
