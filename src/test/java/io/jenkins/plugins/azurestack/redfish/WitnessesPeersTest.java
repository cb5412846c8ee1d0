package io.jenkins.plugins.azurestack.redfish;

import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.NEW;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.OLD;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.simulator.redfish.BmcRule;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** After our change the Redfish clients of others are let in with the new password, and with the old one no longer. */
public class WitnessesPeersTest {
    private static final String SCRIPT = "log_on.py";

    @Rule
    public final BmcRule rule = new BmcRule();

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private final Visitor visitor = new Visitor(rule);
    private Path folder;

    @Before
    public void writeRoot() throws Exception {
        folder = temporary.getRoot().toPath();
        Files.writeString(
                folder.resolve("root.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(BmcRule.authority().root().getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        try (InputStream script = WitnessesPeersTest.class.getResourceAsStream(SCRIPT)) {
            Files.copy(script, folder.resolve(SCRIPT));
        }
    }

    private void change(final Flavour flavour) throws Exception {
        try (BmcSession session = visitor.logOn(flavour, OLD)) {
            assertThat(session.changePassword(session.account(USER).orElseThrow(), NEW.toCharArray()))
                    .as("%s", flavour)
                    .isInstanceOf(PasswordChange.Changed.class);
        }
    }

    private String host(final Flavour flavour) {
        return visitor.address(flavour).toString();
    }

    /** Runs a program of Debian's with an environment of its own: no proxy, no certificates, no home of anybody's. */
    private String run(final String... command) throws Exception {
        final List<String> all =
                new ArrayList<>(List.of("-i", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=" + folder));
        all.addAll(List.of(command));
        return DebianProgram.required("env", "coreutils").run(folder, all.toArray(String[]::new));
    }

    private String redfishtool(final Flavour flavour, final String password) throws Exception {
        DebianProgram.required("redfishtool", "redfishtool");
        return run(
                "redfishtool",
                "-r",
                host(flavour),
                "-u",
                USER,
                "-p",
                password,
                "-S",
                "Always",
                "-A",
                "Session",
                "AccountService");
    }

    private String sushy(final Flavour flavour, final String password) throws Exception {
        final boolean there = Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/sushy"));
        assertThat(there || !DebianProgram.areRequired())
                .as("needs the Debian package python3-sushy")
                .isTrue();
        assumeTrue("Skipped: needs the Debian package python3-sushy", there);
        return run("/usr/bin/python3", SCRIPT, "https://" + host(flavour), "root.pem", USER, password);
    }

    private String ilorest(final Flavour flavour, final String password) throws Exception {
        DebianProgram.required("ilorest", "ilorest");
        return run(
                "ilorest",
                "--nologo",
                "--cache-dir",
                folder.toString(),
                "login",
                host(flavour),
                "-u",
                USER,
                "-p",
                password);
    }

    @Test
    public void redfishtoolIsLetInWithTheNewPasswordOnly() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            change(flavour);
            assertThat(redfishtool(flavour, NEW)).as("%s", flavour).contains("AccountLockoutThreshold");
            assertThatThrownBy(() -> redfishtool(flavour, OLD))
                    .as("%s", flavour)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("401");
        }
    }

    @Test
    public void sushyIsLetInWithTheNewPasswordOnly() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            change(flavour);
            assertThat(sushy(flavour, NEW)).as("%s", flavour).contains("accepted");
            assertThat(sushy(flavour, OLD)).as("%s", flavour).contains("refused");
        }
    }

    @Test
    public void ilorestIsLetInWithTheNewPasswordOnly() throws Exception {
        for (final Flavour flavour : List.of(Flavour.ILO_5, Flavour.ILO_6)) {
            change(flavour);
            ilorest(flavour, NEW);
            assertThatThrownBy(() -> ilorest(flavour, OLD))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Invalid credentials");
        }
    }
}
