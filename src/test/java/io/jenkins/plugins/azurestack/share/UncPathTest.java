package io.jenkins.plugins.azurestack.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.util.List;
import org.junit.Test;

public class UncPathTest {
    @Test
    public void aPathIsTakenApartAndPutTogether() {
        final UncPath path = parse(" \\\\Files.Contoso.com\\Rotation Share\\Azure Stack\\east\\certificates\\ ");

        assertThat(path.host()).isEqualTo("files.contoso.com");
        assertThat(path.share()).isEqualTo("Rotation Share");
        assertThat(path.folders()).containsExactly("Azure Stack", "east", "Certificates");
        assertThat(path.folder()).isEqualTo("Azure Stack\\east\\Certificates");
        assertThat(path).hasToString("\\\\files.contoso.com\\Rotation Share\\Azure Stack\\east\\Certificates");
    }

    @Test
    public void theShortestPathIsHostShareAndCertificates() {
        assertThat(parse("\\\\10.30.0.50\\rotation\\Certificates").folders()).containsExactly("Certificates");
    }

    @Test
    public void pathsThatDifferInCaseAloneAreOne() {
        final UncPath one = parse("\\\\FILES\\Rotation\\East\\Certificates");
        final UncPath other = parse("\\\\files\\rotation\\EAST\\CERTIFICATES\\");

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one.key()).isEqualTo(other.key()).isEqualTo("\\\\files\\rotation\\east\\certificates");
        assertThat(one).isNotEqualTo(parse("\\\\files\\rotation\\west\\Certificates"));
    }

    @Test
    public void whatIsPrintedCanBeReadAgain() {
        final UncPath path = parse("\\\\files\\Z\u00fcrich\\\u6771\u4eac\\Certificates");

        assertThat(parse(path.toString())).isEqualTo(path);
    }

    @Test
    public void anythingElseIsRejectedByTheNameOfItsField() {
        for (final String wrong : List.of(
                "",
                "C:\\Certificates",
                "//files/rotation/Certificates",
                "\\\\files",
                "\\\\files\\Certificates",
                "\\\\files\\rotation\\AAD",
                "\\\\files\\rotation\\Certificates\\AAD",
                "\\\\files\\rotation\\..\\Certificates",
                "\\\\files\\rotation\\.\\Certificates",
                "\\\\files\\rotation\\\\Certificates",
                "\\\\files\\rotation\\a:b\\Certificates",
                "\\\\files\\rotation\\a/b\\Certificates",
                "\\\\files\\rotation\\east.\\Certificates",
                "\\\\files\\rotation\\east \\Certificates",
                "\\\\files\\rotation\\a\nb\\Certificates",
                "\\\\files\\\\Certificates",
                "\\\\300.1.1.1\\rotation\\Certificates",
                "\\\\fd00::1\\rotation\\Certificates",
                "\\\\host name\\rotation\\Certificates")) {
            assertThatExceptionOfType(Rejected.class)
                    .as(wrong)
                    .isThrownBy(() -> parse(wrong))
                    .satisfies(e -> assertThat(e.field()).isEqualTo("certificateShare"));
        }
    }

    private static UncPath parse(final String text) {
        return UncPath.parse("certificateShare", text);
    }
}
