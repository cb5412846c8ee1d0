package io.jenkins.plugins.azurestack.powershell.psrp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;

/** The fixed key pair with which the recorded key exchanges were made; it protects nothing. */
final class TestKeys {
    private TestKeys() {}

    static KeyExchange recorded(Path folder) {
        try {
            JsonNode numbers = new ObjectMapper()
                    .readTree(folder.resolve("rsa-test-key.json").toFile());
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            return new KeyExchange(new KeyPair(
                    rsa.generatePublic(new RSAPublicKeySpec(number(numbers, "n"), number(numbers, "e"))),
                    rsa.generatePrivate(new RSAPrivateCrtKeySpec(
                            number(numbers, "n"),
                            number(numbers, "e"),
                            number(numbers, "d"),
                            number(numbers, "p"),
                            number(numbers, "q"),
                            number(numbers, "dmp1"),
                            number(numbers, "dmq1"),
                            number(numbers, "iqmp")))));
        } catch (Exception e) {
            throw new AssertionError("the test key can't be read", e);
        }
    }

    private static BigInteger number(JsonNode numbers, String name) {
        return new BigInteger(numbers.get(name).asText());
    }
}
