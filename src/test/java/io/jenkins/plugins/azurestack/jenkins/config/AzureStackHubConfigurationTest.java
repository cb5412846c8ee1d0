package io.jenkins.plugins.azurestack.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.lang.reflect.Field;
import java.util.List;
import org.junit.Test;

public class AzureStackHubConfigurationTest {
    private static final String SHARE = "\\\\10.30.0.50\\rotation\\Certificates";

    private final Unsaved configuration = new Unsaved();

    /** The configuration without Jenkins, which would write it to a file. */
    private static final class Unsaved extends AzureStackHubConfiguration {
        private int saved;

        @Override
        public synchronized void save() {
            saved++;
        }
    }

    @Test
    public void aStampIsFoundByItsName() {
        configuration.setStamps(List.of(stamp("east"), stamp("west")));

        assertThat(configuration.stamp("West").name()).isEqualTo("west");
        assertThat(configuration.saved).isOne();
    }

    @Test
    public void anUnknownStampIsAnErrorThatListsTheKnownOnes() {
        configuration.setStamps(List.of(stamp("east"), stamp("west")));

        assertThatThrownBy(() -> configuration.stamp("north"))
                .isInstanceOf(Rejected.class)
                .hasMessage("stamp: 'north' is not configured; known stamps are east, west");
    }

    @Test
    public void withoutStampsTheErrorSaysWhereToAddOne() {
        assertThatThrownBy(() -> configuration.stamp("east"))
                .hasMessage("stamp: 'east' is not configured; no stamp is: add one under Manage Jenkins, System, Azure"
                        + " Stack Hub");
    }

    @Test
    public void aStampWhoseNameSomebodyTookOutOfTheFileHidesNoOtherAndIsSpokenOf() throws ReflectiveOperationException {
        final ConfiguredStamp east = stamp("east");
        configuration.setStamps(List.of(east, stamp("west")));
        takeNameOf(east);

        assertThat(configuration.stamp("west").name()).isEqualTo("west");
        assertThat(configuration.named()).extracting(ConfiguredStamp::getName).containsExactly("west");
        assertThat(configuration.isOneNameless()).isTrue();
        for (final String asked : new String[] {"east", "", null}) {
            assertThatThrownBy(() -> configuration.stamp(asked))
                    .isInstanceOf(Rejected.class)
                    .hasMessageEndingWith("known stamps are west. The configuration has one without a name, too: give"
                            + " it one there");
        }
    }

    @Test
    public void aStampWithoutANameIsNotSaved() throws ReflectiveOperationException {
        final ConfiguredStamp nameless = stamp("east");
        takeNameOf(nameless);
        assertThatThrownBy(() -> configuration.setStamps(List.of(nameless)))
                .isInstanceOf(Rejected.class)
                .hasMessageStartingWith("name: is missing");
    }

    private static void takeNameOf(final ConfiguredStamp stamp) throws ReflectiveOperationException {
        final Field name = ConfiguredStamp.class.getDeclaredField("name");
        name.setAccessible(true);
        name.set(stamp, null);
    }

    @Test
    public void twoStampsOfOneNameAreRejectedAndNothingChanges() {
        configuration.setStamps(List.of(stamp("east")));

        assertThatThrownBy(() -> configuration.setStamps(List.of(stamp("west"), stamp("west"))))
                .isInstanceOf(Rejected.class)
                .hasMessage("name: two stamps are called 'west'; give each its own name");
        assertThat(configuration.getStamps())
                .extracting(ConfiguredStamp::getName)
                .containsExactly("east");
        assertThat(configuration.saved).isOne();
    }

    @Test
    public void twoStampsDoNotShareAShareInWhateverCase() {
        final ConfiguredStamp east = stamp("east");
        east.setCertificateShare(SHARE);
        final ConfiguredStamp west = stamp("west");
        west.setCertificateShare(SHARE.toUpperCase(java.util.Locale.ROOT));

        assertThatThrownBy(() -> configuration.setStamps(List.of(east, west)))
                .isInstanceOf(Rejected.class)
                .hasMessageStartingWith("certificateShare: two stamps use ");
    }

    @Test
    public void aShareIsTheSameWithADotAtTheEndOfAName() {
        final ConfiguredStamp east = stamp("east");
        east.setCertificateShare(SHARE);
        final ConfiguredStamp west = stamp("west");
        west.setCertificateShare("\\\\10.30.0.50\\rotation.\\Certificates");

        assertThatThrownBy(() -> configuration.setStamps(List.of(east, west)))
                .isInstanceOf(Rejected.class)
                .hasMessageStartingWith("certificateShare: two stamps use ");
    }

    @Test
    public void daysWithoutACheckAreFourteenUnlessSetAndAtLeastOne() {
        assertThat(configuration.getCheckWithinDays()).isEqualTo(14);
        configuration.setCheckWithinDays(21);
        assertThat(configuration.getCheckWithinDays()).isEqualTo(21);

        for (final int wrong : new int[] {0, -1, 401}) {
            assertThatThrownBy(() -> configuration.setCheckWithinDays(wrong))
                    .isInstanceOf(Rejected.class)
                    .hasMessageStartingWith("checkWithinDays: ");
        }
        assertThat(configuration.getCheckWithinDays()).isEqualTo(21);
        assertThat(configuration.saved).isOne();
    }

    @Test
    public void whatAnUpdateOfTheBmcPasswordWritesIsNothingThatIsUsedOtherwise() {
        final ConfiguredStamp east = stamp("east");
        final ConfiguredStamp west = stamp("west");
        east.setBmcCredentialsId("lab-bmc");
        for (final String id : List.of("lab-bmc", "lab-bmc-pending", "lab-bmc-previous")) {
            west.setCloudAdminCredentialsId(id);
            assertThatThrownBy(() -> configuration.setStamps(List.of(east, west)))
                    .isInstanceOf(Rejected.class)
                    .hasMessageStartingWith("bmcCredentialsId: ")
                    .hasMessageContaining("'" + id + "'")
                    .hasMessageContaining("cloudAdminCredentialsId of stamp 'west'");
        }
        west.setCloudAdminCredentialsId("west-cloudadmin");
        west.setBmcCredentialsId("lab-bmc-previous");
        assertThatThrownBy(() -> configuration.setStamps(List.of(east, west))).isInstanceOf(Rejected.class);
        west.setBmcCredentialsId("west-bmc");
        configuration.setStamps(List.of(east, west));
    }

    @Test
    public void whatRequestsForCertificatesWriteIsNothingThatIsUsedOtherwise() {
        final ConfiguredStamp east = stamp("east");
        for (final String id : List.of("arm-previous", "arm-key-pending", "arm-key-passphrase")) {
            east.setCertificates(List.of(
                    new ConfiguredCertificate("ARM Public", "arm"), new ConfiguredCertificate("ARM Admin", id)));
            assertThatThrownBy(() -> configuration.setStamps(List.of(east)))
                    .isInstanceOf(Rejected.class)
                    .hasMessageStartingWith("certificates: ")
                    .hasMessageContaining("'" + id + "'");
        }
        east.setCertificates(
                List.of(new ConfiguredCertificate("ARM Public", "arm"), new ConfiguredCertificate("ARM Admin", "arm")));
        configuration.setStamps(List.of(east));
    }

    @Test
    public void aStampThatContradictsItselfIsRejectedAtOnce() {
        final ConfiguredStamp east = stamp("east");
        east.setCertificates(List.of(new ConfiguredCertificate("ADFS", "east-adfs")));

        assertThatThrownBy(() -> configuration.setStamps(List.of(east))).isInstanceOf(Rejected.class);
    }

    @Test
    public void noStampsAtAllIsAConfigurationToo() {
        configuration.setStamps(List.of(stamp("east")));
        configuration.setStamps(null);

        assertThat(configuration.getStamps()).isEmpty();
    }

    private static ConfiguredStamp stamp(final String name) {
        return new ConfiguredStamp(name, name, "azurestack.contoso.com");
    }
}
