package io.jenkins.plugins.azurestack.powershell.clixml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.Test;

/** Secure strings of MS-PSRP 2.2.5.1.24, with vectors from a recorded session with Windows. */
public class SecureStringTest {
    private static final String FROM_WINDOWS = "<SS>rTm4n3bxaFOIgdjhDDV5OA==</SS>";

    @Test
    public void whatWindowsEncryptedIsOpenedWhileReading() throws CliXmlException {
        final PsValue value = new CliXmlReader().withCipher(SessionKey.RECORDED).read(FROM_WINDOWS);

        assertThat(((PsSecureString) value).reveal()).isEqualTo("abc".toCharArray());
    }

    @Test
    public void whatComesBeforeTheKeyIsKeptAndOpenedLater() throws CliXmlException {
        final PsSecureString sealed = (PsSecureString) new CliXmlReader().read(FROM_WINDOWS);

        assertThat(sealed.isSealed()).isTrue();
        assertThatThrownBy(sealed::reveal)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("session key");
        assertThat(new CliXmlWriter().writeString(sealed)).isEqualTo(FROM_WINDOWS);
        assertThat(sealed.open(SessionKey.RECORDED).reveal()).isEqualTo("abc".toCharArray());
    }

    @Test
    public void anOpenOneIsWrittenAsWindowsWouldWriteIt() throws CliXmlException {
        final CliXmlWriter writer = new CliXmlWriter().withCipher(SessionKey.RECORDED);

        assertThat(writer.writeString(PsSecureString.of("abc".toCharArray()))).isEqualTo(FROM_WINDOWS);
    }

    @Test
    public void anOpenOneIsNotWrittenWithoutAKey() {
        assertThatThrownBy(() -> new CliXmlWriter().write(PsSecureString.of("abc".toCharArray())))
                .isInstanceOf(CliXmlException.class)
                .hasMessage("A secure string can't be written before the session key was exchanged");
    }

    @Test
    public void theWrongKeyIsAnErrorWithoutContent() {
        final SessionKey other = new SessionKey("00".repeat(32));
        final CliXmlReader reader = new CliXmlReader().withCipher(other);

        for (final String content : new String[] {"rTm4n3bxaFOIgdjhDDV5OA==", "AAAA", "AAAAA"}) {
            assertThatThrownBy(() -> reader.read("<SS>" + content + "</SS>"))
                    .isInstanceOf(CliXmlException.class)
                    .hasMessage("A secure string could not be decrypted with the session key of this runspace pool")
                    .hasNoCause();
        }
    }

    @Test
    public void whatIsNoBase64IsRefusedWithOrWithoutAKey() {
        for (final String content : new String[] {"", " ", "hunter2!", "rTm4_xD834_n3bx", "AA=A"}) {
            for (final CliXmlReader reader :
                    List.of(new CliXmlReader(), new CliXmlReader().withCipher(SessionKey.RECORDED))) {
                assertThatThrownBy(() -> reader.read("<SS>" + content + "</SS>"))
                        .isInstanceOf(CliXmlException.class)
                        .hasMessageStartingWith("The content of <SS> is no base64 (line 1")
                        .hasNoCause();
            }
        }
    }

    @Test
    public void closingWipesTheCharacters() {
        final char[] mine = "hunter2".toCharArray();
        final PsSecureString secret = PsSecureString.of(mine);
        final char[] revealed = secret.reveal();
        secret.close();
        secret.close();

        assertThatThrownBy(secret::reveal)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("wiped");
        assertThat(secret).extracting("secret").isEqualTo(new char["hunter2".length()]);
        assertThat(mine).isEqualTo("hunter2".toCharArray());
        assertThat(revealed).isEqualTo("hunter2".toCharArray());
        assertThatThrownBy(
                        () -> new CliXmlWriter().withCipher(SessionKey.RECORDED).write(secret))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    public void itNeverPrints() throws CliXmlException {
        final PsSecureString secret = PsSecureString.of("hunter2".toCharArray());
        final PsObject credential = PsObject.credential("user", secret);

        assertThat(secret + secret.asString() + credential + credential.asString() + credential.adapted())
                .doesNotContain("hunter2");
        assertThatThrownBy(secret::asInt).hasMessage("Expected an integer, found System.Security.SecureString");
    }
}
