package io.jenkins.plugins.azurestack.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.developer.DevelopersStamp;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.SourceUnit;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.yaml.snakeyaml.Yaml;

/** What a developer's Jenkins starts with fits together, and fits the simulated stamp that its script starts. */
public class DevelopersJenkinsTest {
    private static final Path SCRIPT = Path.of("work/init.groovy.d/developers-stamp.groovy");
    private static final Path PIPELINES = Path.of("docs/pipelines");

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static String script;
    private static Map<String, Object> configuration;
    private static Map<String, Object> east;
    private static Set<String> renewed;

    @BeforeClass
    public static void read() throws IOException {
        script = Files.readString(SCRIPT);
        configuration = new Yaml().load(Files.readString(Path.of("work/jenkins.yaml")));
        final List<Map<String, Object>> stamps = at(configuration, "unclassified", "azureStackHub", "stamps");
        assertThat(stamps).hasSize(1);
        east = stamps.get(0);
        final Path folder = FOLDER.getRoot().toPath();
        try (DevelopersStamp stamp = DevelopersStamp.start(folder.resolve("stamp"), folder.resolve("workspace"))) {
            renewed = stamp.renewed().keySet();
            assertThat(stamp.bmcPassword()).isEqualTo(Identity.usual().bmcPassword());
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T at(final Map<String, Object> map, final String... keys) {
        Object found = map;
        for (final String key : keys) {
            found = ((Map<String, Object>) found).get(key);
        }
        return (T) found;
    }

    private static Stream<MatchResult> matches(final String regex, final String text) {
        return Pattern.compile(regex).matcher(text).results();
    }

    /** By their ids, whatever kind they are. */
    private static Map<String, Map<String, Object>> storedByJcasc() {
        final List<Map<String, Object>> domains = at(configuration, "credentials", "system", "domainCredentials");
        final List<Map<String, Map<String, Object>>> credentials = at(domains.get(0), "credentials");
        final Map<String, Map<String, Object>> stored = new LinkedHashMap<>();
        credentials.forEach(one -> one.values().forEach(fields -> stored.put((String) fields.get("id"), fields)));
        return stored;
    }

    private static Set<String> storedByTheScript() {
        final Set<String> ids = new LinkedHashSet<>(renewed);
        matches("'(east-[a-z-]+)'", script).forEach(id -> ids.add(id.group(1)));
        return ids;
    }

    private static Set<String> named() {
        final Set<String> ids = new LinkedHashSet<>();
        east.forEach((field, value) -> {
            if (field.endsWith("CredentialsId")) {
                ids.add((String) value);
            }
        });
        final List<Map<String, Object>> certificates = at(east, "certificates");
        certificates.forEach(certificate -> ids.add((String) certificate.get("credentialsId")));
        return ids;
    }

    @Test
    public void everyCredentialThatTheStampNamesIsThere() {
        final Set<String> stored = new LinkedHashSet<>(storedByJcasc().keySet());
        stored.addAll(storedByTheScript());
        assertThat(stored).containsExactlyInAnyOrderElementsOf(named());
    }

    @Test
    public void whatThePluginWritesBackIsNotWhereJcascWouldReplaceIt() {
        assertThat(storedByTheScript()).contains((String) east.get("bmcCredentialsId"));
        assertThat(storedByJcasc()).doesNotContainKey((String) east.get("bmcCredentialsId"));
        assertThat(storedByJcasc().keySet()).doesNotContainAnyElementsOf(renewed);
    }

    @Test
    public void thePasswordsAreTheSimulators() {
        final Identity identity = Identity.usual();
        final Map<String, Map<String, Object>> stored = storedByJcasc();
        assertThat(stored.get("east-cloudadmin"))
                .containsEntry("username", identity.netBiosName() + "\\" + identity.cloudAdmin())
                .containsEntry("password", identity.cloudAdminPassword());
        assertThat(stored.get("east-share"))
                .containsEntry("username", identity.shareUser())
                .containsEntry("password", identity.sharePassword());
        assertThat(stored.get("east-operator"))
                .containsEntry("username", identity.clientId())
                .containsEntry("password", identity.clientSecret());
        assertThat(stored.get("east-pfx-password")).containsEntry("secret", DevelopersStamp.SET_PASSWORD);
    }

    @Test
    public void theStampHasFieldsThatExistAndACertificateForEveryFolderThatItRotates() {
        assertThat(Extensions.fields(ConfiguredStamp.class)).containsAll(east.keySet());
        final List<Map<String, Object>> certificates = at(east, "certificates");
        assertThat(certificates)
                .hasSameSizeAs(renewed)
                .extracting(certificate -> CertificateFolder.named((String) certificate.get("folder"))
                        .orElseThrow())
                .doesNotHaveDuplicates();
    }

    @Test
    public void thereIsAJobForEveryDocumentedPipelineOfThisStamp() throws IOException {
        final String list = matches("\\[('[a-z]+'(, '[a-z]+')+)\\]", script)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        final List<String> documented;
        try (Stream<Path> files = Files.list(PIPELINES)) {
            documented = files.map(file -> file.getFileName().toString().replace(".Jenkinsfile", ""))
                    // Two stamps, of which one is not simulated here.
                    .filter(name -> !name.equals("stamps"))
                    .toList();
        }
        assertThat(list.replace("'", "").split(", ")).containsExactlyInAnyOrderElementsOf(documented);
        assertThat(script).contains("createProject(Folder, '" + ((List<?>) east.get("allowedJobs")).get(0) + "')");
    }

    @Test
    public void whoeverAPipelineAsksIsAUser() throws IOException {
        final List<Map<String, Object>> users = at(configuration, "jenkins", "securityRealm", "local", "users");
        final Set<String> asked = new LinkedHashSet<>();
        try (Stream<Path> files = Files.list(PIPELINES)) {
            for (final Path file : files.toList()) {
                matches("submitter: '([^']+)'", Files.readString(file)).forEach(found -> asked.add(found.group(1)));
            }
        }
        assertThat(users.stream().map(user -> (String) user.get("id")).collect(Collectors.toSet()))
                .isNotEmpty()
                .containsAll(asked);
    }

    @Test
    public void theScriptParsesAndCallsOnlyMembersOfOursThatExist() throws Exception {
        final ModuleNode module = parsed();
        final Map<String, Class<?>> ours = new LinkedHashMap<>();
        for (final ImportNode imported : module.getImports()) {
            if (imported.getClassName().startsWith("io.jenkins.plugins.azurestack.")) {
                ours.put(imported.getAlias(), Class.forName(imported.getClassName()));
            }
        }
        assertThat(ours.values()).containsExactlyInAnyOrder(DevelopersStamp.class, ControllerRoute.class);
        ours.put("stamp", DevelopersStamp.class);

        final List<String> calls = new ArrayList<>();
        module.getStatementBlock().visit(new CodeVisitorSupport() {
            @Override
            public void visitMethodCallExpression(final MethodCallExpression call) {
                final Class<?> type = ours.get(call.getObjectExpression().getText());
                if (type != null) {
                    calls.add(call.getText());
                    assertThat(publicMethods(type)).contains(signature(call));
                }
                super.visitMethodCallExpression(call);
            }
        });
        assertThat(calls).hasSizeGreaterThanOrEqualTo(6);
    }

    private static String signature(final MethodCallExpression call) {
        return call.getMethodAsString() + "/"
                + ((ArgumentListExpression) call.getArguments())
                        .getExpressions()
                        .size();
    }

    private static Set<String> publicMethods(final Class<?> type) {
        return Arrays.stream(type.getMethods())
                .map((Method method) -> method.getName() + "/" + method.getParameterCount())
                .collect(Collectors.toSet());
    }

    private static ModuleNode parsed() {
        final CompilationUnit unit = new CompilationUnit();
        final SourceUnit source = unit.addSource(SCRIPT.toString(), script);
        unit.compile(Phases.CONVERSION);
        return source.getAST();
    }
}
