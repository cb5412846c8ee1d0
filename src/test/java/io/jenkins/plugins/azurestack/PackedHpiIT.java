package io.jenkins.plugins.azurestack;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Extension;
import io.jenkins.plugins.azurestack.jenkins.AzureStackHubPermissions;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredBmc;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredCertificate;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import io.jenkins.plugins.azurestack.jenkins.step.AzsCertificateRequestsStep;
import io.jenkins.plugins.azurestack.jenkins.step.AzsCheckExpiryStep;
import io.jenkins.plugins.azurestack.jenkins.step.AzsRotateSecretsStep;
import io.jenkins.plugins.azurestack.jenkins.step.AzsUpdateBmcStep;
import io.jenkins.plugins.azurestack.jenkins.ui.StampMonitor;
import io.jenkins.plugins.azurestack.jenkins.ui.StampTrendAction;
import io.jenkins.plugins.azurestack.jenkins.ui.StampsLink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;
import org.bouncycastle.crypto.BlockCipher;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.slf4j.Logger;
import org.slf4j.jul.JULServiceProvider;

/** Opens the packed plugin, entry by entry: what a Jenkins would be given to load. */
public class PackedHpiIT {
    private static final Path HPI = Path.of("target/azure-stack-hub.hpi");
    private static final String JAR = "WEB-INF/lib/azure-stack-hub.jar";
    private static final String OURS = "io/jenkins/plugins/azurestack/";

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static Map<String, byte[]> hpi;
    private static Map<String, byte[]> jar;

    @BeforeClass
    public static void open() throws IOException {
        hpi = entries(Files.readAllBytes(HPI));
        jar = entries(hpi.get(JAR));
    }

    @Test
    public void theManifestTellsJenkinsWhatThisPluginIs() throws IOException {
        final Attributes manifest = manifest(hpi);

        assertThat(manifest.getValue("Short-Name")).isEqualTo("azure-stack-hub");
        assertThat(manifest.getValue("Long-Name")).isEqualTo("Azure Stack Hub Plugin");
        assertThat(manifest.getValue("Group-Id")).isEqualTo("io.jenkins.plugins");
        assertThat(manifest.getValue("Plugin-Version")).matches("\\d.*");
        assertThat(manifest.getValue("Jenkins-Version")).isEqualTo(System.getProperty("packed.for.jenkins"));
        // Jenkins's own Maven plugin does not write it any more: a Jenkins of this baseline runs on no older Java.
        assertThat(manifest.getValue("Minimum-Java-Version")).isIn("17", null);
        assertThat(manifest.getValue("Url")).startsWith("https://");
        assertThat(manifest.getValue("Plugin-License-Name")).startsWith("MIT");
    }

    @Test
    public void librariesComeFromThePluginsThatOwnThem() throws IOException {
        final List<String> dependencies = Arrays.stream(
                        manifest(hpi).getValue("Plugin-Dependencies").split(","))
                .map(dependency -> dependency.split(":")[0])
                .toList();

        assertThat(dependencies)
                .containsExactlyInAnyOrder(
                        "workflow-step-api",
                        "workflow-api",
                        "structs",
                        "credentials",
                        "plain-credentials",
                        "bouncycastle-api",
                        "jackson2-api",
                        "apache-httpcomponents-client-5-api",
                        "pipeline-input-step",
                        "configuration-as-code");
        assertThat(manifest(hpi).getValue("Plugin-Dependencies").split(","))
                .filteredOn(dependency -> dependency.endsWith(";resolution:=optional"))
                .satisfiesExactly(
                        input -> assertThat(input).startsWith("pipeline-input-step:"),
                        casc -> assertThat(casc).startsWith("configuration-as-code:"));
    }

    @Test
    public void onlyOurOwnJarAndTheSmbLibraryAreBundled() {
        assertThat(hpi.keySet())
                .filteredOn(entry -> entry.startsWith("WEB-INF/lib/"))
                .containsExactlyInAnyOrder(
                        JAR,
                        "WEB-INF/lib/smbj-0.14.0.jar",
                        "WEB-INF/lib/asn-one-0.6.0.jar",
                        "WEB-INF/lib/mbassador-1.3.0.jar");
        assertThat(hpi.keySet()).filteredOn(entry -> entry.endsWith(".class")).isEmpty();
    }

    /** Loads every class that is bundled, by itself, with nothing around it but what a Jenkins gives it. */
    @Test
    public void theSmbLibraryNeedsNothingButTheLoggingOfJenkinsAndTheBouncyCastlePlugin() throws Exception {
        final List<URL> urls = new ArrayList<>(List.of(
                Logger.class.getProtectionDomain().getCodeSource().getLocation(),
                JULServiceProvider.class.getProtectionDomain().getCodeSource().getLocation(),
                BlockCipher.class.getProtectionDomain().getCodeSource().getLocation()));
        final List<String> names = new ArrayList<>();
        for (final Map.Entry<String, byte[]> library : hpi.entrySet()) {
            if (library.getKey().matches("WEB-INF/lib/(smbj|asn-one|mbassador)-.*")) {
                final Path file = FOLDER.newFile(
                                Path.of(library.getKey()).getFileName().toString())
                        .toPath();
                Files.write(file, library.getValue());
                urls.add(file.toUri().toURL());
                entries(library.getValue()).keySet().stream()
                        .filter(entry -> entry.endsWith(".class") && !entry.startsWith("META-INF/"))
                        .map(entry -> entry.replace('/', '.').replaceAll("[.]class$", ""))
                        // Conditions in the expression language, which nobody uses.
                        .filter(name -> !name.startsWith("net.engio.mbassy.dispatch.el."))
                        .forEach(names::add);
            }
        }

        try (URLClassLoader alone =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            for (final String name : names) {
                assertThat(Class.forName(name, false, alone).getDeclaredMethods())
                        .as(name)
                        .isNotNull();
            }
            assertThat(Class.forName("com.hierynomus.smbj.SmbConfig", true, alone)
                            .getMethod("createDefaultConfig")
                            .invoke(null))
                    .isNotNull();
        }
        assertThat(names).hasSizeGreaterThan(300);
    }

    @Test
    public void theJarHoldsOnlyWhatIsOurs() {
        assertThat(jar.keySet())
                .allMatch(
                        entry -> entry.startsWith(OURS) || entry.startsWith("META-INF/") || entry.equals("index.jelly"))
                .noneMatch(entry -> entry.startsWith(OURS + "simulator")
                        || entry.startsWith(OURS + "rehearsal")
                        || entry.startsWith(OURS + "developer"))
                .contains("index.jelly");
        assertThat(jar.keySet())
                .filteredOn(entry -> entry.startsWith("META-INF/") && entry.endsWith(".class"))
                .isEmpty();
    }

    @Test
    public void theClassFilterOfJenkinsTrustsTheJar() throws IOException {
        final Attributes manifest = manifest(jar);

        assertThat(manifest.getValue("Short-Name")).isEqualTo("azure-stack-hub");
        assertThat(manifest.getValue("Plugin-Version")).isNotBlank();
        assertThat(manifest.getValue("Jenkins-Version")).isNotBlank();
    }

    @Test
    public void jenkinsFindsTheExtensions() throws Exception {
        assertThat(extensions())
                .containsExactlyInAnyOrder(
                        AzureStackHubConfiguration.class.getName(),
                        ConfiguredStamp.DescriptorImpl.class.getName(),
                        ConfiguredBmc.DescriptorImpl.class.getName(),
                        ConfiguredCertificate.DescriptorImpl.class.getName(),
                        AzsCertificateRequestsStep.DescriptorImpl.class.getName(),
                        AzsCheckExpiryStep.DescriptorImpl.class.getName(),
                        AzsRotateSecretsStep.DescriptorImpl.class.getName(),
                        AzsUpdateBmcStep.DescriptorImpl.class.getName(),
                        StampsLink.class.getName(),
                        StampMonitor.class.getName(),
                        StampTrendAction.Factory.class.getName());
    }

    @Test
    public void jenkinsFindsThePermissionsBeforeItReadsWhoHasThem() {
        assertThat(text("META-INF/services/annotations/hudson.init.Initializer").lines())
                .containsExactly(AzureStackHubPermissions.class.getName());
    }

    @Test
    public void jcascFindsTheConfigurationByItsSymbol() {
        assertThat(text("META-INF/services/annotations/org.jenkinsci.Symbol").lines())
                .containsExactly(AzureStackHubConfiguration.class.getName());
    }

    @Test
    public void namesOfConstructorParametersAreCompiledIn() {
        for (final Class<?> bound : List.of(
                AzsCertificateRequestsStep.class,
                AzsCheckExpiryStep.class,
                AzsRotateSecretsStep.class,
                AzsUpdateBmcStep.class,
                ConfiguredBmc.class,
                ConfiguredStamp.class,
                ConfiguredCertificate.class)) {
            assertThat(text(bound.getName().replace('.', '/') + ".class")).contains("MethodParameters");
        }
    }

    @Test
    public void formsHelpAndTextsAreThere() {
        assertThat(jar)
                .containsKeys(
                        OURS + "jenkins/Messages.properties",
                        OURS + "jenkins/config/AzureStackHubConfiguration/config.jelly",
                        OURS + "jenkins/config/ConfiguredStamp/config.jelly",
                        OURS + "jenkins/config/ConfiguredStamp/help-name.html",
                        OURS + "jenkins/config/ConfiguredCertificate/config.jelly",
                        OURS + "jenkins/step/AzsCheckExpiryStep/config.jelly",
                        OURS + "jenkins/step/AzsCheckExpiryStep/help.html",
                        OURS + "jenkins/step/AzsCertificateRequestsStep/config.jelly",
                        OURS + "jenkins/step/AzsCertificateRequestsStep/help.html",
                        OURS + "jenkins/step/AzsRotateSecretsStep/config.jelly",
                        OURS + "jenkins/step/AzsRotateSecretsStep/help.html",
                        OURS + "jenkins/step/AzsUpdateBmcStep/config.jelly",
                        OURS + "jenkins/step/AzsUpdateBmcStep/help.html");
    }

    /** Reads the packed index the way Jenkins does; the classes themselves come from the test's own class path. */
    private static List<String> extensions() throws IOException {
        final Path file = FOLDER.newFile("plugin.jar").toPath();
        Files.write(file, hpi.get(JAR));
        final List<String> names = new ArrayList<>();
        try (URLClassLoader packed = new URLClassLoader(new URL[] {file.toUri().toURL()}, null);
                ResourcesOf loader = new ResourcesOf(packed)) {
            for (final IndexItem<Extension, Object> item : Index.load(Extension.class, Object.class, loader)) {
                names.add(item.className());
            }
        }
        return names;
    }

    private static final class ResourcesOf extends URLClassLoader {
        private final ClassLoader packed;

        private ResourcesOf(final ClassLoader packed) {
            super(new URL[0], PackedHpiIT.class.getClassLoader());
            this.packed = packed;
        }

        @Override
        public Enumeration<URL> getResources(final String name) throws IOException {
            return packed.getResources(name);
        }
    }

    private static String text(final String entry) {
        assertThat(jar).containsKey(entry);
        return new String(jar.get(entry), StandardCharsets.ISO_8859_1);
    }

    private static Attributes manifest(final Map<String, byte[]> archive) throws IOException {
        try (InputStream in = new ByteArrayInputStream(archive.get("META-INF/MANIFEST.MF"))) {
            return new Manifest(in).getMainAttributes();
        }
    }

    private static Map<String, byte[]> entries(final byte[] archive) throws IOException {
        final Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return entries;
    }
}
