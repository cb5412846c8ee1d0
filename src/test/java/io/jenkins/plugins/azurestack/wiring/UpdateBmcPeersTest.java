package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.simulator.redfish.Bmc;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** After an update the Redfish clients of others are let in with the credential that is current, and with no other. */
public class UpdateBmcPeersTest {
    private static final String SCRIPT = "log_on.py";

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Path folder;

    private String run(final String... command) throws Exception {
        final List<String> all =
                new ArrayList<>(List.of("-i", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=" + folder));
        all.addAll(List.of(command));
        return DebianProgram.required("env", "coreutils").run(folder, all.toArray(String[]::new));
    }

    private static String host(final Bmc bmc) {
        return "127.0.0.1:" + bmc.address().getPort();
    }

    private String redfishtool(final Bmc bmc, final String user, final String password) throws Exception {
        DebianProgram.required("redfishtool", "redfishtool");
        return run(
                "redfishtool",
                "-r",
                host(bmc),
                "-u",
                user,
                "-p",
                password,
                "-S",
                "Always",
                "-A",
                "Session",
                "AccountService");
    }

    private String sushy(final Bmc bmc, final String user, final String password) throws Exception {
        assertThat(Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/sushy")) || !DebianProgram.areRequired())
                .as("needs the Debian package python3-sushy")
                .isTrue();
        return run("/usr/bin/python3", SCRIPT, "https://" + host(bmc), "root.pem", user, password);
    }

    private String ilorest(final Bmc bmc, final String user, final String password) throws Exception {
        DebianProgram.required("ilorest", "ilorest");
        return run(
                "ilorest",
                "--nologo",
                "--cache-dir",
                folder.toString(),
                "login",
                host(bmc),
                "-u",
                user,
                "-p",
                password);
    }

    @Test
    public void redfishtoolSushyAndIlorestAreLetInWithTheCurrentPasswordOnly() throws Exception {
        folder = temporary.newFolder().toPath();
        final MaintenanceBuild build =
                new MaintenanceBuild(temporary.newFolder().toPath().resolve("azs"));
        try (BmcStamp stamp = new BmcStamp("1.2501.1.47", Flavour.values())) {
            stamp.equip(build);
            Files.write(folder.resolve("root.pem"), stamp.pem());
            try (InputStream script =
                    Bmc.class.getClassLoader().getResourceAsStream("io/jenkins/plugins/azurestack/redfish/" + SCRIPT)) {
                Files.copy(script, folder.resolve(SCRIPT));
            }
            final Object plan = stamp.run(build, BmcStamp.plan("way-back")).get("id");
            build.approved.add(String.valueOf(plan));
            stamp.run(build, BmcStamp.apply(plan));
            final String user = build.users.get(BmcStamp.STORE);
            final String current = build.passwords.get(BmcStamp.STORE);
            final String previous = build.passwords.get("east-bmc-previous");
            for (final Bmc bmc : stamp.simulated.bmcs().all()) {
                assertThat(redfishtool(bmc, user, current)).as("%s", bmc.node()).contains("AccountLockoutThreshold");
                assertThatThrownBy(() -> redfishtool(bmc, user, previous)).isInstanceOf(IOException.class);
                sushy(bmc, user, current);
            }
            final Bmc ilo = stamp.simulated.bmcs().all().stream()
                    .filter(bmc -> bmc.node().flavour() == Flavour.ILO_5)
                    .findFirst()
                    .orElseThrow();
            ilorest(ilo, user, current);
        }
    }
}
