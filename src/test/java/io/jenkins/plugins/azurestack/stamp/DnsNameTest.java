package io.jenkins.plugins.azurestack.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.Test;

public class DnsNameTest {
    @Test
    public void takesANameInAnyCaseAndGivesItInLowerCase() {
        assertThat(DnsName.require("externalFqdn", " AzureStack.Contoso.COM ")).isEqualTo("azurestack.contoso.com");
    }

    @Test
    public void refusesWhatIsNoDnsNameAndNamesTheField() {
        for (final String bad : new String[] {
            "",
            " ",
            ".",
            "a..b",
            "-a.b",
            "a-.b",
            "a_b.c",
            "a b",
            "a/b",
            "https://a.b",
            "a.b.",
            "10.0.0.1:443",
            "é.com",
            "x".repeat(64) + ".com",
            "a.".repeat(127) + "a",
            "a\nb",
            "${x}",
            "<script>"
        }) {
            assertThatThrownBy(() -> DnsName.require("externalFqdn", bad))
                    .as(bad)
                    .isInstanceOf(Rejected.class)
                    .hasMessageStartingWith("externalFqdn: ")
                    .hasMessageNotContaining("\n");
        }
        assertThatThrownBy(() -> DnsName.require("region", null)).isInstanceOf(Rejected.class);
    }

    @Test
    public void aRegionIsOneLabel() {
        assertThat(DnsName.requireLabel("region", "East")).isEqualTo("east");
        assertThatThrownBy(() -> DnsName.requireLabel("region", "east.contoso"))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("one label");
    }

    @Test
    public void aWildcardStandsForExactlyOneLabel() {
        assertThat(DnsName.covers("*.east.contoso.com", "portal.east.contoso.com"))
                .isTrue();
        assertThat(DnsName.covers("*.EAST.contoso.com", "Portal.east.contoso.com"))
                .isTrue();
        assertThat(DnsName.covers("*.east.contoso.com", "x.blob.east.contoso.com"))
                .isFalse();
        assertThat(DnsName.covers("*.east.contoso.com", "east.contoso.com")).isFalse();
        assertThat(DnsName.covers("*.east.contoso.com", ".east.contoso.com")).isFalse();
        assertThat(DnsName.covers("portal.east.contoso.com", "portal.east.contoso.com"))
                .isTrue();
        assertThat(DnsName.covers("*ortal.east.contoso.com", "portal.east.contoso.com"))
                .isFalse();
    }

    @Test
    public void onlyAWildcardCoversAWildcard() {
        assertThat(DnsName.covers("*.blob.east.contoso.com", "*.blob.east.contoso.com"))
                .isTrue();
        assertThat(DnsName.covers("*.east.contoso.com", "*.blob.east.contoso.com"))
                .isFalse();
        assertThat(DnsName.covers("a.blob.east.contoso.com", "*.blob.east.contoso.com"))
                .isFalse();
    }
}
