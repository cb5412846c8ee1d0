package io.jenkins.plugins.azurestack.canary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlException;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlWriter;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Without this, a search that finds nothing would say nothing. */
public class CanariesTest {
    private static final String PASSWORD = "Cän4ry <&>\"'\\ % + $1_x";
    private static final String ACCOUNT = "AZURESTACK\\CloudAdmin";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Canaries canaries = new Canaries().password("password", ACCOUNT, PASSWORD);

    /** Every form, put around a secret's bytes. */
    private static Map<String, UnaryOperator<byte[]>> forms() {
        final Map<String, UnaryOperator<byte[]>> forms = new LinkedHashMap<>();
        forms.put("raw", secret -> secret);
        forms.put("UTF-16 LE", secret -> utf8(secret).getBytes(StandardCharsets.UTF_16LE));
        forms.put("UTF-16 BE", secret -> utf8(secret).getBytes(StandardCharsets.UTF_16BE));
        for (int shift = 0; shift < 3; shift++) {
            final String before = "xyz".substring(0, shift);
            forms.put("base64 at " + shift, secret -> base64(join(before.getBytes(StandardCharsets.US_ASCII), secret)));
        }
        forms.put("base64 behind letters", secret -> join("Basic".getBytes(StandardCharsets.US_ASCII), base64(secret)));
        forms.put("base64url", secret -> Base64.getUrlEncoder().withoutPadding().encode(secret));
        forms.put("base64 in lines", secret -> Base64.getMimeEncoder(8, new byte[] {'\n'})
                .encode(secret));
        forms.put("hexadecimal", secret -> latin(HexFormat.of().formatHex(secret)));
        forms.put(
                "HEXADECIMAL",
                secret -> latin(HexFormat.ofDelimiter(":").withUpperCase().formatHex(secret)));
        forms.put("form", secret -> latin(URLEncoder.encode(utf8(secret), StandardCharsets.UTF_8)));
        forms.put(
                "URL",
                secret -> latin(
                        URLEncoder.encode(utf8(secret), StandardCharsets.UTF_8).replace("+", "%20")));
        forms.put("JSON", secret -> JsonStringEncoder.getInstance().quoteAsUTF8(utf8(secret)));
        forms.put("JSON with code points", secret -> latin(each(utf8(secret), "\\u%04x")));
        forms.put("XML", secret -> utf8(secret)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;")
                .getBytes(StandardCharsets.UTF_8));
        forms.put("XML with code points", secret -> latin(each(utf8(secret), "&#x%X;")));
        forms.put("CLIXML with code points", secret -> latin(each(utf8(secret), "_x%04X_")));
        forms.put("CLIXML", CanariesTest::cliXml);
        forms.put("shell", secret -> ("'" + utf8(secret).replace("'", "'\\''") + "'").getBytes(StandardCharsets.UTF_8));
        forms.put(
                "PowerShell", secret -> ("'" + utf8(secret).replace("'", "''") + "'").getBytes(StandardCharsets.UTF_8));
        forms.put(
                "escaped",
                secret -> utf8(secret).replaceAll("([^\\w])", "\\\\$1").getBytes(StandardCharsets.UTF_8));
        forms.put("gzip", secret -> packed(secret, GZIPOutputStream::new));
        forms.put(
                "zip",
                secret -> packed(secret, out -> {
                    final ZipOutputStream zip = new ZipOutputStream(out);
                    zip.putNextEntry(new ZipEntry("inside"));
                    return zip;
                }));
        return forms;
    }

    private static byte[] cliXml(final byte[] secret) {
        try {
            return new CliXmlWriter().write(PsPrimitive.of(utf8(secret)));
        } catch (CliXmlException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Packing {
        OutputStream around(OutputStream out) throws IOException;
    }

    private static byte[] packed(final byte[] secret, final Packing packing) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packing.around(bytes)) {
            out.write(secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String each(final String text, final String format) {
        final StringBuilder all = new StringBuilder();
        text.chars().forEach(character -> all.append(String.format(format, character)));
        return all.toString();
    }

    private static byte[] base64(final byte[] bytes) {
        return Base64.getEncoder().encode(bytes);
    }

    private static String utf8(final byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] latin(final String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(final byte[] one, final byte[] other) {
        final byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] planted(final byte[] canary) {
        return join(join(latin("before \""), canary), latin("\" after"));
    }

    @Test
    public void aCanaryIsFoundInEveryForm() {
        forms().forEach((form, wrapping) -> assertThat(canaries.in("here", planted(wrapping.apply(bytes(PASSWORD)))))
                .as(form)
                .anyMatch(found -> found.startsWith("password in here")));
    }

    @Test
    public void aCanaryIsFoundInEveryFormOfEveryForm() {
        forms().forEach((inner, wrapping) -> forms().forEach((outer, around) -> {
            final byte[] text = wrapping.apply(bytes(PASSWORD));
            final boolean binary = inner.contains("zip") || inner.contains("UTF-16") || inner.equals("CLIXML");
            if (binary
                    && !List.of("raw", "gzip", "zip", "base64 at 0", "base64url", "hexadecimal")
                            .contains(outer)) {
                return;
            }
            assertThat(canaries.in("here", planted(around.apply(text))))
                    .as(inner + " in " + outer)
                    .isNotEmpty();
        }));
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    public void hashesKeysAndTokensAreFoundToo() throws Exception {
        // Of MS-NLMP 4.2.4: user "User", domain "Domain", password "Password".
        final Canaries known = new Canaries().password("p", "Domain\\User", "Password");
        assertThat(known.in("log", "nt=A4F49C406510BDCAB6824EE7C30FD852")).contains("p (NT hash) in log, hex");
        assertThat(known.in("log", HexFormat.of().parseHex("0c868a403bfd7a93a3001ef22ef02e3f")))
                .containsExactly("p (NTLMv2 hash) in log");

        final KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        final KeyPair rsa = generator.generateKeyPair();
        final KeyPair ec = KeyPairGenerator.getInstance("EC").generateKeyPair();
        final Canaries keys = new Canaries().key("rsa", rsa.getPrivate()).key("ec", ec.getPrivate());
        for (final KeyPair pair : List.of(rsa, ec)) {
            final byte[] encoded = pair.getPrivate().getEncoded();
            assertThat(keys.in("file", encoded)).isNotEmpty();
            assertThat(keys.in("file", Base64.getMimeEncoder().encode(encoded))).isNotEmpty();
            assertThat(keys.in("file", "-----BEGIN EC PRIVATE KEY-----")).isNotEmpty();
            assertThat(keys.in("file", pair.getPublic().getEncoded())).isEmpty();
        }
        assertThat(canaries.in("log", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3.c2lnbmF0dXJlLXNpZ25hdHVyZQ"))
                .isNotEmpty();
    }

    @Test
    public void aCanaryIsFoundInEveryPlace() throws Exception {
        final Path home = folder.getRoot().toPath();
        Files.createDirectories(home.resolve("a/b"));
        assertThat(canaries.in(home)).isEmpty();
        Files.writeString(home.resolve("a/b/file"), "x " + PASSWORD);
        assertThat(canaries.in(home)).containsExactly("password in a/b/file");
        Files.delete(home.resolve("a/b/file"));
        final Canaries plain = new Canaries().text("secret", "in-a-name");
        Files.createFile(home.resolve("a/b/in-a-name.json"));
        assertThat(plain.in(home)).containsExactly("secret in the name of a/b/in-a-name.json");

        final Exception suppressed = new Exception("outer");
        suppressed.addSuppressed(new Exception("inner", new IOException("refused: " + PASSWORD)));
        assertThat(canaries.in(suppressed)).containsExactly("password in java.io.IOException");
        assertThat(canaries.in("result", List.of(Map.of("a", List.of(PASSWORD)))))
                .isNotEmpty();
        assertThat(canaries.in("log", List.of("a line", "another"))).isEmpty();
    }
}
