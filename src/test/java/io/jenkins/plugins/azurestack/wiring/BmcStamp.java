package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.redfish.Bmc;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.BmcSettings;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A simulated stamp with its BMCs, as an update of their password meets it: configured, with credentials. */
final class BmcStamp implements AutoCloseable {
    static final String STORE = "east-bmc";

    final SimulatedStamp simulated;
    final Stamp stamp = new Stamp(
            "east",
            "east",
            "azurestack.contoso.com",
            IdentityProvider.AAD,
            Set.of(),
            List.of(),
            Optional.empty(),
            Optional.of("roots"),
            Set.of());
    Maintenance maintenance = new Maintenance(
            World.PRIVILEGED_ENDPOINTS,
            false,
            Optional.of("cloud-admin"),
            Optional.empty(),
            Optional.empty(),
            Optional.of("operator"),
            true,
            Set.of("maintenance"));
    BmcSettings settings = new BmcSettings(Optional.of(STORE), true, List.of());
    private final SecureRandom random = new SecureRandom();

    BmcStamp(final String version, final Flavour... flavours) throws IOException {
        this.simulated = SimulatedStamp.of(stamp)
                .version(version)
                .nodes(List.of(flavours))
                .timeFactor(2000)
                .start();
    }

    /** Gives a build all that it needs. */
    void equip(final MaintenanceBuild build) {
        final Identity identity = simulated.world().identity();
        account(
                build,
                "cloud-admin",
                identity.netBiosName() + "\\" + identity.cloudAdmin(),
                identity.cloudAdminPassword());
        account(build, "operator", identity.clientId(), identity.clientSecret());
        account(build, STORE, identity.bmcUser(), identity.bmcPassword());
        build.stored.put("roots", () -> new CredentialLookup.Held.File(pem(), new char[0]));
    }

    static void account(final MaintenanceBuild build, final String id, final String user, final String password) {
        build.users.put(id, user);
        build.passwords.put(id, password);
    }

    byte[] pem() {
        try {
            return ("-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder()
                                    .encodeToString(simulated.authority().root().getEncoded())
                            + "\n-----END CERTIFICATE-----\n")
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    Clock clock() {
        return simulated.world().time().clock();
    }

    /** The step's run class, whose waiting goes by the stamp's time. */
    UpdateBmc updateBmc() {
        return new UpdateBmc(
                new StampClients.Tools(new FileDisk(), simulated.network(), clock(), random, time -> simulated
                        .world()
                        .time()
                        .awaitUntil(simulated.world().time().now().plus(time))));
    }

    Map<String, Object> run(final MaintenanceBuild build, final UpdateBmcArguments arguments) throws Exception {
        return updateBmc().run(stamp, maintenance, settings, arguments, build);
    }

    static UpdateBmcArguments plan(final String... accepted) {
        return new UpdateBmcArguments("", true, true, "", "", false, List.of(accepted), 0);
    }

    static UpdateBmcArguments plan(final String newCredentialsId, final List<String> accepted) {
        return new UpdateBmcArguments(newCredentialsId, false, true, "", "", false, accepted, 0);
    }

    static UpdateBmcArguments apply(final Object plan) {
        return new UpdateBmcArguments("", false, false, String.valueOf(plan), "", false, List.of(), 0);
    }

    static UpdateBmcArguments resume(final Object update, final boolean back) {
        return new UpdateBmcArguments("", false, false, "", String.valueOf(update), back, List.of(), 0);
    }

    /** Which BMCs have this password. */
    long having(final String password) {
        return simulated.bmcs().all().stream()
                .filter(bmc -> password(bmc).equals(password))
                .count();
    }

    String password(final Bmc bmc) {
        return new String(bmc.password(simulated.world().identity().bmcUser()).orElseThrow());
    }

    /** The requests to BMCs that came over the network, not from the stamp. */
    List<Ledger.Call> toBmcs() {
        return simulated.ledger().calls(Ledger.Service.BMC).stream()
                .filter(call -> !call.connection().equals(Bmc.STAMP))
                .toList();
    }

    List<Ledger.Call> changes() {
        return toBmcs().stream()
                .filter(call -> call.action().startsWith("PATCH"))
                .toList();
    }

    /** The calls that gave the stamp another credential. */
    List<Ledger.Call> sets() {
        return simulated.ledger().calls(Ledger.Service.CMDLET, "Set-BmcCredential");
    }

    void pass(final Duration time) {
        simulated.world().time().advance(time);
    }

    @Override
    public void close() throws IOException {
        simulated.close();
    }
}
