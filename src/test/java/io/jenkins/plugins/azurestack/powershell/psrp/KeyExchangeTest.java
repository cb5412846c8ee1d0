package io.jenkins.plugins.azurestack.powershell.psrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.Test;

/** The session key, by vectors that real Windows made. */
public class KeyExchangeTest {
    private static final SessionKey FIRST = key("6d4a21e2b04dcaf4454df18779e72b1ea0fa85fd3817d067e174e4edb3326acd");
    private static final SessionKey SECOND = key("4679c0b8af0da74384a756d80ad4116ac19159ac86e172aff08a3e6fa65ed9f2");

    private static SessionKey key(String hex) {
        return new SessionKey(HexFormat.of().parseHex(hex));
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }

    @Test
    public void whatWindowsEncryptedIsRead() throws Exception {
        assertThat(FIRST.decrypt(base64("rTm4n3bxaFOIgdjhDDV5OA=="))).isEqualTo("abc".toCharArray());
        assertThat(SECOND.decrypt(base64("K86C/Bl3T/RyAsU62XoDMTutDb5iAk1xgDNBMZwqPZY=")))
                .isEqualTo("password".toCharArray());
    }

    @Test
    public void whatWindowsAcceptedIsWritten() throws Exception {
        assertThat(FIRST.encrypt("Hello World".toCharArray()))
                .isEqualTo(base64("GXD6gSYvWjfp54Vgl3jLpuNMBhNdfWFRbM1QdeUNYFU="));
    }

    @Test
    public void anEmptySecretIsOneBlock() throws Exception {
        byte[] encrypted = FIRST.encrypt(new char[0]);

        assertThat(encrypted).hasSize(16);
        assertThat(FIRST.decrypt(encrypted)).isEmpty();
    }

    @Test
    public void anotherSessionsSecretIsRefusedOrUseless() {
        assertThatThrownBy(() -> SECOND.decrypt(base64("rTm4n3bxaFOIgdjhDDV5OA==")))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    public void aClosedKeyServesNobody() {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) 7);
        SessionKey key = new SessionKey(bytes);
        key.close();
        key.close();

        assertThat(key).extracting("key").isEqualTo(new byte[32]);

        assertThatThrownBy(() -> key.encrypt("x".toCharArray())).isInstanceOf(GeneralSecurityException.class);
        assertThat(key).hasToString("SessionKey");
    }

    @Test
    public void aSessionKeyHas256Bits() {
        for (int length : new int[] {0, 16, 31, 33}) {
            assertThatThrownBy(() -> new SessionKey(new byte[length])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    public void thePublicKeyIsABlobOfWindowsCryptography() {
        byte[] blob = base64(KeyExchange.generate(new SecureRandom()).publicKeyBlob());

        assertThat(blob).hasSize(276);
        assertThat(HexFormat.of().formatHex(blob, 0, 20))
                .isEqualTo("06020000" + "00a40000" + "52534131" + "00080000" + "01000100");
    }

    @Test
    public void aKeyThatTheProtocolCannotCarryIsRefused() throws Exception {
        KeyPairGenerator small = KeyPairGenerator.getInstance("RSA");
        small.initialize(1024);

        assertThatThrownBy(() -> new KeyExchange(small.generateKeyPair())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void nonsenseInPlaceOfASessionKeyIsAnErrorOfItsOwn() {
        KeyExchange exchange = KeyExchange.generate(new SecureRandom());
        byte[] header = HexFormat.of().parseHex("010200001066000000a40000");
        byte[] forged = java.util.Arrays.copyOf(header, header.length + 256);

        for (String text : new String[] {
            "", "not base64!", "AQIAABBmAAAApAAA", Base64.getEncoder().encodeToString(forged)
        }) {
            assertThatThrownBy(() -> exchange.open(text)).isInstanceOf(MalformedMessageException.class);
        }
    }
}
