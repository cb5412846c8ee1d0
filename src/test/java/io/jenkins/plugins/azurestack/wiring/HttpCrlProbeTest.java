package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.certificate.readiness.CrlProbe;
import io.jenkins.plugins.azurestack.certificate.readiness.CrlProbe.Result;
import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.net.HttpDownload;
import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.peer.Nginx;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class HttpCrlProbeTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void everyAnswerSaysFromWhereItWasAskedFor() throws Exception {
        final Path files = folder.newFolder("files").toPath();
        Files.writeString(files.resolve("issuing.crl"), "content");
        try (RandomAccessFile large =
                new RandomAccessFile(files.resolve("large.crl").toFile(), "rw")) {
            large.setLength(8L * 1024 * 1024 + 1);
        }
        final DebianProgram program = DebianProgram.required("nginx", "nginx");
        try (Nginx nginx = Nginx.serve(program, folder.getRoot().toPath(), files)) {
            final String place = "http://127.0.0.1:" + nginx.port();
            final CrlProbe probe = new HttpCrlProbe(new HttpDownload(new DirectNetwork()), "agent 'near'", LONG);

            final CrlProbe.Answer served = probe.ask(URI.create(place + "/issuing.crl"));
            assertThat(served.from()).isEqualTo("agent 'near'");
            assertThat(served.result()).isInstanceOfSatisfying(Result.Served.class, file -> assertThat(file.content())
                    .asString()
                    .isEqualTo("content"));
            assertThat(probe.ask(URI.create(place + "/none.crl")))
                    .isEqualTo(new CrlProbe.Answer(
                            "agent 'near'", new Result.Failed("the server answers with status 404")));
            assertThat(probe.ask(URI.create(place + "/large.crl")).result())
                    .isEqualTo(new Result.TooLarge(8L * 1024 * 1024));
        }
    }
}
