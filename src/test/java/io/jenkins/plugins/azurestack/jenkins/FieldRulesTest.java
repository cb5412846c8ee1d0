package io.jenkins.plugins.azurestack.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;

public class FieldRulesTest {
    private static final String PEP = "privilegedEndpoints";
    private static final String SHARE = "certificateShare";

    @Test
    public void aPrivilegedEndpointIsAnAddressOrAName() {
        assertThat(FieldRules.hosts(PEP, List.of("10.30.0.225", "AzS-ERCS01.east.contoso.com", "FD00::1", "::1")))
                .containsExactly("10.30.0.225", "azs-ercs01.east.contoso.com", "fd00::1", "::1");
    }

    @Test
    public void aPrivilegedEndpointIsNeitherAUrlNorAPortNorHalfAnAddress() {
        for (final String wrong : List.of(
                "http://10.30.0.225",
                "10.30.0.225:5985",
                "10.30.0",
                "10.30.0.256",
                "10.30.0.225.",
                "1.2.3.4.5",
                "fd00::g",
                "fe80::1%eth0",
                "[::1]",
                "ercs 01",
                "ercs_01")) {
            assertThatThrownBy(() -> FieldRules.hosts(PEP, List.of(wrong)))
                    .as(wrong)
                    .isInstanceOf(Rejected.class)
                    .hasMessageStartingWith("privilegedEndpoints: ");
        }
    }

    @Test
    public void namingAPrivilegedEndpointTwiceIsAMistake() {
        assertThatThrownBy(() -> FieldRules.hosts(PEP, List.of("ERCS01", "10.0.0.1\nercs01")))
                .isInstanceOf(Rejected.class)
                .hasMessage("privilegedEndpoints: 'ercs01' is there twice; name each privileged endpoint once");
    }

    @Test
    public void aShareIsAUncPathThatEndsInTheFolderCertificates() {
        assertThat(FieldRules.share(SHARE, " \\\\10.30.0.50\\rotation\\Certificates\\ "))
                .isEqualTo("\\\\10.30.0.50\\rotation\\Certificates");
        assertThat(FieldRules.share(SHARE, "\\\\files.contoso.com\\azs$\\east 1\\certificates"))
                .isEqualTo("\\\\files.contoso.com\\azs$\\east 1\\certificates");
        assertThat(FieldRules.share(SHARE, " ")).isNull();
        assertThat(FieldRules.share(SHARE, null)).isNull();
    }

    @Test
    public void whatIsNotSuchAPathIsRejectedWithThePathThatWouldDo() {
        for (final String wrong : List.of(
                "\\\\host\\Certificates",
                "\\\\host\\share",
                "\\\\host\\share\\Certificates\\AAD",
                "\\\\host\\share\\..\\Certificates",
                "\\\\host\\share\\\\Certificates",
                "\\\\host\\sh*re\\Certificates",
                "\\\\host\\a/b\\Certificates",
                "//host/share/Certificates",
                "C:\\share\\Certificates",
                "\\\\\\share\\Certificates")) {
            assertThatThrownBy(() -> FieldRules.share(SHARE, wrong))
                    .as(wrong)
                    .isInstanceOf(Rejected.class)
                    .hasMessageStartingWith("certificateShare: ");
        }
        assertThatThrownBy(() -> FieldRules.share(SHARE, "\\\\host\\share"))
                .hasMessageEndingWith("give \\\\host\\share\\Certificates");
    }

    @Test
    public void theHostOfAShareIsCheckedToo() {
        assertThatThrownBy(() -> FieldRules.share(SHARE, "\\\\10.30.0.999\\share\\Certificates"))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("10.30.0.999");
    }

    @Test
    public void aListTakesSeveralLinesInOneElementAndDropsEmptyAndRepeatedOnes() {
        assertThat(FieldRules.lines("excluded", Arrays.asList("a\r\n\n b ", null, "a", "")))
                .containsExactly("a", "b");
        assertThat(FieldRules.lines("excluded", null)).isEmpty();
    }

    @Test
    public void aListAsTextIsReadBackAsTheSameList() {
        final List<String> list = List.of("a", "b c");
        assertThat(FieldRules.lines("excluded", List.of(FieldRules.text(list)))).isEqualTo(list);
        assertThat(FieldRules.text((List<String>) null)).isEmpty();
    }

    @Test
    public void aWordIsKeptInItsOwnSpellingAndTheFirstIsTheDefault() {
        assertThat(FieldRules.word("pepTransport", " HTTPS ", List.of("http", "https")))
                .isEqualTo("https");
        assertThat(FieldRules.word("pepTransport", "", List.of("http", "https")))
                .isEqualTo("http");
        assertThatThrownBy(() -> FieldRules.word("pepTransport", "ssh", List.of("http", "https")))
                .isInstanceOf(Rejected.class)
                .hasMessage("pepTransport: 'ssh' is not one of http, https");
    }

    @Test
    public void textWithCharactersThatCannotBeShownIsRejectedWithoutThem() {
        assertThatThrownBy(() -> FieldRules.text("shareCredentialsId", "a\u202eb"))
                .isInstanceOf(Rejected.class)
                .hasMessageStartingWith("shareCredentialsId: 'a?b'");
    }
}
