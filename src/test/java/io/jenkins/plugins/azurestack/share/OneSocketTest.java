package io.jenkins.plugins.azurestack.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import org.junit.Test;

public class OneSocketTest {
    @Test
    public void theSocketIsHandedOutOnceAndNoOtherIsEverOpened() throws IOException {
        final Socket socket = new Socket();
        final OneSocket factory = new OneSocket(socket);

        assertThat(factory.createSocket("files.contoso.com", 445)).isSameAs(socket);
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> factory.createSocket("elsewhere.contoso.com", 445))
                .withMessageContaining("elsewhere.contoso.com");
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> factory.createSocket(InetAddress.getLoopbackAddress(), 445));
    }
}
