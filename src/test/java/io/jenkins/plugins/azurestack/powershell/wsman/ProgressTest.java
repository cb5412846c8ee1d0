package io.jenkins.plugins.azurestack.powershell.wsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.Test;

/** What is known of a request at each of its steps. */
public class ProgressTest {

    private final Progress progress = new Progress();

    @Test
    public void whatNobodyWaitsForAnyMoreNeverBegins() {
        assertThat(progress.giveUp()).isEqualTo(Delivery.NOT_SENT);
        assertThatThrownBy(() -> progress.begin(10)).isInstanceOf(ConnectionFailedException.class);
        assertThat(progress.delivery()).isEqualTo(Delivery.NOT_SENT);
    }

    @Test
    public void whatHasBegunIsOfUnknownOutcomeUntilItIsRefusedUnread() throws Exception {
        progress.begin(10);
        progress.sent(4);
        assertThat(progress.lost("It broke", null)).isInstanceOfSatisfying(ConnectionLostException.class, lost -> {
            assertThat(lost.bytesSent()).isEqualTo(4);
            assertThat(lost.bytesTotal()).isEqualTo(10);
            assertThat(lost.mayHaveCarriedData()).isFalse();
        });
        progress.refused();
        assertThat(progress.lost("It broke", null)).isInstanceOf(ConnectionFailedException.class);
        assertThat(progress.giveUp()).isEqualTo(Delivery.NOT_SENT);
    }
}
