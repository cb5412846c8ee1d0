package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.peer.PemFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** PFX files made by the programs that operators have: {@code openssl pkcs12} and {@code keytool}. */
final class PfxTools {
    /** What OpenSSL 3 has to be told for a file that a stamp accepts. */
    private static final List<String> AS_A_STAMP_WANTS =
            List.of("-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1", "-LMK");

    private final Path folder;

    PfxTools(final Path folder) {
        this.folder = folder;
    }

    /**
     * Runs {@code openssl pkcs12 -export}.
     *
     * @param chain leaf first
     * @param options later ones win over those that a stamp wants
     */
    byte[] openssl(final List<X509Certificate> chain, final PrivateKey key, final String... options) throws Exception {
        final List<String> arguments = new ArrayList<>(AS_A_STAMP_WANTS);
        arguments.addAll(List.of(options));
        return opensslBare(chain, key, arguments.toArray(String[]::new));
    }

    /** The same, with no option but those given. */
    byte[] opensslBare(final List<X509Certificate> chain, final PrivateKey key, final String... options)
            throws Exception {
        PemFiles.write(folder, "chain.pem", chain);
        Files.writeString(folder.resolve("key.pem"), pem(key));
        final List<String> arguments = new ArrayList<>(List.of("pkcs12", "-export", "-in", "chain.pem"));
        if (!List.of(options).contains("-nokeys")) {
            arguments.addAll(List.of("-inkey", "key.pem"));
        }
        arguments.addAll(List.of("-out", "made.pfx", "-passout", "pass:" + Pfx.PASSWORD));
        arguments.addAll(List.of(options));
        DebianProgram.required("openssl", "openssl").run(folder, arguments.toArray(String[]::new));
        return Files.readAllBytes(folder.resolve("made.pfx"));
    }

    /** Any other command of openssl; gives the file {@code out}. */
    byte[] opensslFile(final String... arguments) throws Exception {
        DebianProgram.required("openssl", "openssl").run(folder, arguments);
        return Files.readAllBytes(folder.resolve("out"));
    }

    /** Lets keytool take over a key store. */
    byte[] keytool(final byte[] pfx, final String type, final String... options) throws Exception {
        Files.write(folder.resolve("from.pfx"), pfx);
        Files.deleteIfExists(folder.resolve("to"));
        final List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("-importkeystore", "-srckeystore", "from.pfx", "-srcstorepass", Pfx.PASSWORD));
        arguments.addAll(List.of("-destkeystore", "to", "-deststoretype", type, "-deststorepass", Pfx.PASSWORD));
        DebianProgram.keytool().run(folder, arguments.toArray(String[]::new));
        return Files.readAllBytes(folder.resolve("to"));
    }

    /** The same as keytool has to be told to for a file that a stamp accepts. */
    byte[] keytoolTripleDes(final byte[] pfx, final String... options) throws Exception {
        final List<String> arguments = new ArrayList<>(List.of(
                "-J-Dkeystore.pkcs12.certProtectionAlgorithm=PBEWithSHA1AndDESede",
                "-J-Dkeystore.pkcs12.keyProtectionAlgorithm=PBEWithSHA1AndDESede",
                "-J-Dkeystore.pkcs12.macAlgorithm=HmacPBESHA1"));
        arguments.addAll(List.of(options));
        return keytool(pfx, "pkcs12", arguments.toArray(String[]::new));
    }

    Path folder() {
        return folder;
    }

    static String pem(final PrivateKey key) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
