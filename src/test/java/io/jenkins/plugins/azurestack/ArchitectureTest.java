package io.jenkins.plugins.azurestack;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.jenkins.plugins.azurestack.jenkins.ControllerRoute;
import io.jenkins.plugins.azurestack.wiring.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.BeforeClass;
import org.junit.Test;

/** The house rules: which package may know which. */
public class ArchitectureTest {
    private static final String HOUSE = "io.jenkins.plugins.azurestack.";
    private static final List<String> ENGINES = List.of("expiry", "rotation", "bmc");
    private static final List<String> CLIENTS = List.of("pep", "redfish", "arm", "share", "net");

    /** Fragments, message headers and numbers: proved by recordings. */
    private static final List<String> SHARED_PSRP = List.of(
            "DotNetGuid",
            "Defragmenter",
            "ErrorCategory",
            "Fragment",
            "Fragmenter",
            "MalformedMessageException",
            "Message",
            "MessageType");
    /** The algorithms of NTLM: proved by the vectors of MS-NLMP. */
    private static final List<String> SHARED_NTLM =
            List.of("ChannelBinding", "NtlmException", "NtlmFlags", "NtlmKeys", "NtlmSession", "TargetInfo");

    private static JavaClasses ours;

    @BeforeClass
    public static void read() {
        ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.jenkins.plugins.azurestack");
        assertThat(ours).isNotEmpty();
    }

    @Test
    public void nothingOutsideTheJenkinsLayerKnowsJenkins() {
        check(noClasses()
                .that(not(resideInAnyPackage(in("jenkins"), in("rehearsal"))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "hudson..",
                        "jenkins..",
                        "org.kohsuke..",
                        "org.jenkinsci..",
                        "com.cloudbees..",
                        "jakarta.servlet..",
                        in("jenkins"))));
    }

    @Test
    public void packagesHaveNoCycles() {
        check(slices().matching(HOUSE + "(**)").should().beFreeOfCycles());
    }

    @Test
    public void theVocabularyDependsOnNothing() {
        check(knowsOnly("stamp"));
    }

    @Test
    public void enginesSeeTheWorldThroughTheirOwnInterfaces() {
        for (final String engine : ENGINES) {
            check(knowsOnly(engine, "stamp", "certificate", "journal", "change"));
        }
    }

    @Test
    public void clientsKnowNothingOfEngines() {
        for (final String client : CLIENTS) {
            check(knowsOnly(client, "stamp", "certificate", "net", "powershell"));
        }
    }

    @Test
    public void onlyTheShareSpeaksSmb() {
        check(noClasses()
                .that(not(resideInAPackage(in("share"))))
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.hierynomus..", "net.engio..")));
    }

    @Test
    public void clientsOfRestServicesSendNothingButThroughTheSharedHttp() {
        check(
                noClasses()
                        .that(resideInAnyPackage(in("arm"), in("redfish")))
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage("org.apache.hc..", "java.net.http..")
                                        .or(
                                                nameMatching(
                                                        "java[.]net[.].*(Socket|URLConnection)|javax[.]net[.]ssl[.].*(Socket|Manager|Context)"))));
    }

    @Test
    public void onlyTheTunnelCallsAgentsAndKnowsNoProtocol() {
        check(noClasses()
                .that(not(resideInAPackage(in("jenkins.tunnel"))))
                .should()
                .dependOnClassesThat(resideInAPackage("hudson.remoting..")));
        check(knowsOnly("jenkins.tunnel", "net", "stamp", "share"));
    }

    @Test
    public void theNetworkIsUsableByItself() {
        check(knowsOnly("net"));
    }

    @Test
    public void powerShellRemotingIsUsableByItself() {
        check(knowsOnly("powershell"));
    }

    @Test
    public void certificatesKnowOnlyTheVocabulary() {
        check(knowsOnly("certificate", "stamp"));
    }

    @Test
    public void theJournalKnowsOnlyTheVocabulary() {
        check(knowsOnly("journal", "stamp"));
    }

    @Test
    public void whatChangesHaveInCommonKnowsNoneOfThem() {
        check(knowsOnly("change", "stamp", "journal"));
    }

    @Test
    public void nothingOfThePluginKnowsTheSimulatorOrTheRehearsal() {
        check(noClasses()
                .that(not(resideInAnyPackage(in("simulator"), in("rehearsal"), in("developer"))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(in("simulator"), in("rehearsal"), in("developer"))));
    }

    @Test
    public void onlyTheScriptOfADevelopersJenkinsFitsTheSimulatedStampToIt() {
        check(noClasses()
                .that(resideInAnyPackage(in("simulator"), in("rehearsal")))
                .should()
                .dependOnClassesThat(resideInAPackage(in("developer"))));
        check(noClasses()
                .that(not(resideInAnyPackage(in("jenkins.step"), in("jenkins.config"), in("jenkins.ui")))
                        .and(not(nameMatching(HOUSE + "jenkins[.]ControllerRoute"))))
                .should()
                .dependOnClassesThat(nameMatching(HOUSE + "jenkins[.]ControllerRoute")));
    }

    @Test
    public void whatBeginsOnTheControllerGoesOneWay() {
        check(noClasses()
                .that(resideInAPackage(in("jenkins"))
                        .and(not(resideInAPackage(in("jenkins.tunnel"))))
                        .and(not(nameMatching(HOUSE + "jenkins[.]ControllerRoute"))))
                .should()
                .dependOnClassesThat(nameMatching(HOUSE + "net[.]DirectNetwork")));
        check(noClasses().should().callMethod(ControllerRoute.class, "lead", Route.class));
    }

    @Test
    public void theSimulatorKnowsNoEngineAndNoClient() {
        check(noClasses()
                .that(resideInAPackage(in("simulator")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        in("pep"),
                        in("rotation"),
                        in("bmc"),
                        in("arm"),
                        in("redfish"),
                        in("share"),
                        in("jenkins"),
                        in("wiring"))));
    }

    @Test
    public void theSimulatorSharesWithTheRemotingClientOnlyProvenCodecs() {
        final String remoting = "io\\.jenkins\\.plugins\\.azurestack\\.powershell\\.";
        check(noClasses()
                .that(resideInAPackage(in("simulator")))
                .should()
                .dependOnClassesThat(resideInAPackage(in("powershell"))
                        .and(not(resideInAPackage(in("powershell.clixml"))))
                        .and(not(nameMatching(remoting + "psrp\\.(" + String.join("|", SHARED_PSRP) + ")(\\$.*)?")))
                        .and(not(nameMatching(remoting + "ntlm\\.(" + String.join("|", SHARED_NTLM) + ")(\\$.*)?")))));
    }

    @Test
    public void timeAndChanceComeFromOutside() {
        // The builders of a client that is usable as a library fall back on the JVM's.
        check(noClasses()
                .that(not(resideInAnyPackage(in("jenkins"), in("rehearsal"), in("simulator")))
                        .and(not(nameMatching(".*[.]powershell[.].*Builder"))))
                .should()
                .callMethod(java.time.Clock.class, "systemUTC")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callConstructor(java.util.Random.class)
                .orShould()
                .callConstructor(java.security.SecureRandom.class));
    }

    @Test
    public void namesSayWhatAThingIs() {
        // DescriptorImpl is what every Jenkins plugin calls a nested descriptor, TargetInfo a field of MS-NLMP, and
        // Resource Manager a part of the stamp.
        check(noClasses()
                .should()
                .haveNameMatching(
                        ".*((?<!Resource)Manager|Helper|Utils?|(?<!\\$Descriptor)Impl|Data|(?<!Target)Info)"));
    }

    @Test
    public void everyPackageSaysWhatLivesThere() throws IOException {
        for (final String root : List.of("src/main/java", "src/simulator/java")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                assertThat(files.filter(path -> path.toString().endsWith(".java"))
                                .map(Path::getParent)
                                .distinct()
                                .toList())
                        .allSatisfy(folder ->
                                assertThat(folder.resolve("package-info.java")).exists());
            }
        }
    }

    private static ArchRule knowsOnly(final String name, final String... others) {
        final String[] allowed = Stream.concat(Stream.of(name), Stream.of(others))
                .map(ArchitectureTest::in)
                .toArray(String[]::new);
        return classes()
                .that(resideInAPackage(in(name)))
                .should()
                .onlyDependOnClassesThat(
                        not(resideInAPackage("io.jenkins.plugins.azurestack..")).or(resideInAnyPackage(allowed)));
    }

    private static String in(final String name) {
        return HOUSE + name + "..";
    }

    private static void check(final ArchRule rule) {
        rule.allowEmptyShould(true).check(ours);
    }
}
