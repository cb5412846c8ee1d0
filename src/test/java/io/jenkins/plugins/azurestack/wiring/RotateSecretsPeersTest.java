package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.peer.LibraryLog;
import io.jenkins.plugins.azurestack.peer.Samba;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.nio.file.Files;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A whole external rotation whose certificates travel over a real SMB server to the simulated stamp. */
public class RotateSecretsPeersTest {
    @ClassRule
    public static final LibraryLog LOG = new LibraryLog(Level.OFF);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void theCertificatesTravelOverSmbAndLeaveNothingBehind() throws Exception {
        final Identity usual = Identity.usual();
        final Identity identity = new Identity(
                usual.netBiosName(),
                usual.internalDomain(),
                usual.cloudAdmin(),
                usual.cloudAdminPassword(),
                usual.tenant(),
                usual.clientId(),
                usual.clientSecret(),
                usual.bmcUser(),
                usual.bmcPassword(),
                Samba.USER,
                usual.sharePassword());
        try (RotatingStamp east = new RotatingStamp(IdentityProvider.AAD, identity)) {
            Files.createDirectories(east.simulated.share().resolve("Certificates"));
            try (Samba samba =
                    Samba.start(folder.newFolder("smbd").toPath(), east.simulated.share(), identity.sharePassword())) {
                final MaintenanceBuild build =
                        new MaintenanceBuild(folder.getRoot().toPath().resolve("azure-stack-hub"));
                east.equip(build);
                final RotateSecrets rotation = east.rotateSecrets(RotateSecrets.overSmb(
                        Route.direct((host, port, timeout) ->
                                new DirectNetwork().connect("127.0.0.1", samba.port(), timeout)),
                        east.random));
                final Map<String, Object> plan =
                        rotation.run(east.stamp, east.maintenance, RotatingStamp.plan("external"), build);
                assertThat(plan).containsEntry("state", "READY");
                build.approved.add(String.valueOf(plan.get("id")));
                final Map<String, Object> result =
                        rotation.run(east.stamp, east.maintenance, RotatingStamp.apply(plan.get("id")), build);

                assertThat(result).containsEntry("state", "COMPLETED");
                assertThat(build.log)
                        .anyMatch(
                                line -> line.contains("Staged 11 of 11: AAD/Public Portal/" + plan.get("id") + ".pfx"));
                try (Stream<java.nio.file.Path> left = Files.walk(east.simulated.share())) {
                    assertThat(left.map(path -> path.getFileName().toString()).filter(name -> name.endsWith(".pfx")))
                            .isEmpty();
                }
            }
        }
    }
}
