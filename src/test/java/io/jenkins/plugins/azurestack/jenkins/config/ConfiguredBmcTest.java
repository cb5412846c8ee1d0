package io.jenkins.plugins.azurestack.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.stamp.BmcSettings;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.Test;

/** The BMCs of a stamp as they are configured. */
public class ConfiguredBmcTest {
    private static final String PRINT = "0f2a4c6e8091b3d5f70a1c2e3f4152637485960718293a4b5c6d7e8f9a0b1c2d";

    private final ConfiguredStamp stamp = new ConfiguredStamp("east", "east", "azurestack.contoso.com");

    @Test
    public void aFingerprintIsKeptAlikeHoweverItWasWritten() {
        final ConfiguredBmc bmc = new ConfiguredBmc(" AzS-Node01 ", "10.30.4.11");
        bmc.setFingerprint(PRINT.toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:"));
        assertThat(bmc.getFingerprint()).isEqualTo(PRINT);
        assertThat(bmc.toBmc()).isEqualTo(new BmcSettings.Bmc("AzS-Node01", "10.30.4.11", Optional.of(PRINT)));
        bmc.setFingerprint(" ");
        assertThat(bmc.getFingerprint()).isNull();
    }

    @Test
    public void whatCannotBeRightIsRejected() {
        assertThatThrownBy(() -> new ConfiguredBmc("", "10.30.4.11")).hasMessageStartingWith("node: ");
        assertThatThrownBy(() -> new ConfiguredBmc("../etc", "10.30.4.11")).hasMessageStartingWith("node: ");
        assertThatThrownBy(() -> new ConfiguredBmc("n1", "10.30.4.311")).hasMessageStartingWith("address: ");
        assertThatThrownBy(() -> new ConfiguredBmc("n1", "https://bmc")).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> new ConfiguredBmc("n1", "bmc01").setFingerprint("ab12"))
                .hasMessageStartingWith("fingerprint: ");
    }

    @Test
    public void aStampNamesEachNodeAndEachAddressOnce() {
        final ConfiguredBmc first = new ConfiguredBmc("n1", "10.30.4.11");
        assertThatThrownBy(() -> stamp.setBmcs(List.of(first, new ConfiguredBmc("N1", "10.30.4.12"))))
                .hasMessageContaining("there twice");
        assertThatThrownBy(() -> stamp.setBmcs(List.of(first, new ConfiguredBmc("n2", "10.30.4.11"))))
                .hasMessageContaining("each BMC has its own");
        stamp.setBmcs(List.of(first));
        stamp.setBmcCredentialsId("east-bmc");
        stamp.setBmcAccess("Stamp");
        assertThat(stamp.toBmcSettings())
                .isEqualTo(new BmcSettings(Optional.of("east-bmc"), false, List.of(first.toBmc())));
    }

    @Test
    public void twoStampsDoNotShareABmcAccount() {
        final ConfiguredStamp west = new ConfiguredStamp("west", "west", "azurestack.contoso.com");
        stamp.setBmcCredentialsId("bmc");
        west.setBmcCredentialsId("bmc");
        final AzureStackHubConfiguration configuration = new AzureStackHubConfiguration();
        assertThatThrownBy(() -> configuration.setStamps(List.of(stamp, west)))
                .hasMessageStartingWith("bmcCredentialsId: ")
                .hasMessageContaining("lost for the other");
    }
}
