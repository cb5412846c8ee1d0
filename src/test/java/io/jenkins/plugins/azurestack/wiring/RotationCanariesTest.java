package io.jenkins.plugins.azurestack.wiring;

import static io.jenkins.plugins.azurestack.wiring.RotatingStamp.apply;
import static io.jenkins.plugins.azurestack.wiring.RotatingStamp.compromised;
import static io.jenkins.plugins.azurestack.wiring.RotatingStamp.plan;
import static io.jenkins.plugins.azurestack.wiring.RotatingStamp.resume;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.canary.Canaries;
import io.jenkins.plugins.azurestack.canary.PluginsLog;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Whole rotations with secrets that are told from everything else, and the search for them in all that came of it: the home
 * with journal, audit trail, locks and plans, what was saved with the build, its log and status, the controller's log,
 * results and exceptions. Left out: where the credentials are, what the stamp keeps of its own, and the share, which holds
 * the keys until it is cleaned.
 */
public class RotationCanariesTest {
    private static final Identity IDENTITY = new Identity(
            "AZURESTACK",
            "azurestack.local",
            "CloudAdmin",
            "Cän4ry <&>\"'\\ % + $1 admin",
            "5f1ed000-0000-4000-8000-00000000aad0",
            "5f1ed000-0000-4000-8000-0000000000c1",
            "canary~client&secret+/=%41'\"<>",
            "azsadmin",
            "Canary1Bmc",
            "CONTOSO\\azs-rotation",
            "C4nary-Share & <\"'\\>");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final PluginsLog log = new PluginsLog();

    private final Canaries canaries = new Canaries();
    private final Set<String> found = new TreeSet<>();
    private MaintenanceBuild build;

    @Before
    public void begin() {
        build = new MaintenanceBuild(folder.getRoot().toPath().resolve("azure-stack-hub"));
    }

    private RotatingStamp stamp(final IdentityProvider provider) throws Exception {
        final RotatingStamp east = new RotatingStamp(provider, IDENTITY);
        east.equip(build);
        int number = 0;
        for (final IssuedCertificate issued : east.renew(build)) {
            canaries.key("key " + number++, issued.key());
        }
        build.users.forEach((id, user) -> canaries.password(id, user, build.passwords.get(id)));
        canaries.text("set-password", build.passwords.get("set-password"));
        return east;
    }

    /** Runs the step, and searches what it returns or throws. */
    private Map<String, Object> run(final RotatingStamp east, final RotateSecretsArguments arguments) throws Exception {
        try {
            final Map<String, Object> result = east.run(build, arguments);
            found.addAll(canaries.in("the result", String.valueOf(result)));
            found.addAll(canaries.in("the serialised result", serialised(result)));
            return result;
        } catch (Exception e) {
            found.addAll(canaries.in(e));
            return Map.of("state", String.valueOf(e.getMessage()).split(":")[0]);
        }
    }

    private static byte[] serialised(final Object object) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    /** Searches everything that was written; a search of nothing would find nothing. */
    private void requireNoCanary() throws Exception {
        assertThat(build.log).hasSizeGreaterThan(10);
        assertThat(folder.getRoot()).isNotEmptyDirectory();
        found.addAll(canaries.in("the build's log", build.log));
        found.addAll(canaries.in("the build's log as one", String.join("\n", build.log)));
        found.addAll(canaries.in("a mark", build.marks));
        found.addAll(canaries.in("a status", build.statuses));
        found.addAll(canaries.in("the controller's log", log.lines()));
        build.files.forEach((name, content) -> found.addAll(canaries.in(name, content)));
        found.addAll(canaries.in(folder.getRoot().toPath()));
        assertThat(found).isEmpty();
    }

    @Test
    public void aRotationThatFailsIsResumedAndRunAgainWritesNoSecret() throws Exception {
        try (RotatingStamp east = stamp(IdentityProvider.AAD)) {
            east.simulated.world().faults().arm(Fault.ACTION_PLAN_FAILS, Moment.NEXT);
            final Object id = run(east, plan("external")).get("id");
            run(east, apply(id));
            build.approved.add(String.valueOf(id));
            assertThat(run(east, apply(id))).containsEntry("state", "NEEDS_RERUN");
            build.next();
            assertThat(run(east, resume(id, false))).containsEntry("state", "NEEDS_RERUN");
            assertThat(run(east, resume(id, true))).containsEntry("state", "COMPLETED");
            assertThat(run(east, apply(id))).containsEntry("state", "COMPLETED");
            assertThat(build.files.keySet()).anyMatch(name -> name.endsWith("-evidence.json"));
            requireNoCanary();
        }
    }

    @Test
    public void anInternalRotationWithAdfsWritesNoSecret() throws Exception {
        try (RotatingStamp east = stamp(IdentityProvider.ADFS)) {
            final Object id = run(east, compromised()).get("id");
            build.approved.add(String.valueOf(id));
            assertThat(run(east, apply(id))).containsEntry("state", "COMPLETED");
            requireNoCanary();
        }
    }

    @Test
    public void secretsThatAreRefusedAreNotWrittenEither() throws Exception {
        try (RotatingStamp east = stamp(IdentityProvider.AAD)) {
            for (final String id : List.of("cloud-admin", "operator", "share")) {
                final String right = build.passwords.put(id, "Wr0ng <canary> & '" + id + "' \"\\");
                canaries.password("wrong " + id, build.users.get(id), build.passwords.get(id));
                run(east, plan("external"));
                build.passwords.put(id, right);
            }
            build.passwords.put("set-password", "");
            run(east, plan("external"));
            build.passwords.put("set-password", RotatingStamp.SET_PASSWORD);
            final byte[] damaged = "-----BEGIN PRIVATE KEY----- canary-of-a-damaged-file".getBytes("US-ASCII");
            build.stored.put(
                    CertificateFolder.ARM_PUBLIC.folderName(),
                    () -> new CredentialLookup.Held.File(damaged.clone(), "Canary-Of-A-File".toCharArray()));
            canaries.text("a damaged file", "canary-of-a-damaged-file").text("its password", "Canary-Of-A-File");
            run(east, plan("external"));
            assertThat(new ArrayList<>(build.log)).anyMatch(line -> line.contains("was refused"));
            requireNoCanary();
        }
    }
}
