package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;

/** Microsoft.Backup.Admin: where backups go and which certificate encrypts them (facts 6.6). Thread-safe. */
final class BackupProvider {
    static final String VERSION = "2018-09-01";

    private static final String TYPE = Site.BACKUP + "/backupLocations";
    private static final Duration LASTS = Duration.ofMinutes(30);
    private static final int EVERY_HOURS = 12;

    private final Site site;
    private final Operations operations;

    BackupProvider(final Site site, final Operations operations) {
        this.site = site;
        this.operations = operations;
    }

    Provider provider() {
        final String location = "backupLocations/{region}";
        return new Provider(Site.BACKUP, List.of("2016-05-01", VERSION))
                .page("GET", "backupLocations", call -> Json.ok(Json.list(List.of(location()))))
                .page("GET", location, in(call -> Json.ok(location())))
                .page("POST", location + "/createBackup", in(this::create))
                .page("GET", location + "/operationResults/{operation}", in(this::result));
    }

    private Provider.Page in(final Provider.Page page) {
        return call -> {
            site.requireRegion(call.names().get("region"), TYPE);
            return page.answer(call);
        };
    }

    private HttpAnswer create(final Provider.Call call) {
        return operations.begin(
                site.url() + site.id(Site.BACKUP, "backupLocations/" + site.region() + "/operationResults"),
                call.query().get("api-version"),
                LASTS);
    }

    private HttpAnswer result(final Provider.Call call) throws RefusedException {
        final String id = call.names().get("operation");
        return operations
                .result(id, site.url() + call.request().target())
                .orElseThrow(() -> RefusedException.notFound(TYPE + "/operationResults", id, site.group()));
    }

    private ObjectNode location() {
        final Instant last = site.world().time().now().truncatedTo(ChronoUnit.HALF_DAYS);
        final ObjectNode resource = Json.object()
                .put("id", site.id(Site.BACKUP, "backupLocations/" + site.region()))
                .put("name", site.region())
                .put("type", TYPE)
                .put("location", site.region());
        resource.putObject("tags");
        resource.putObject("properties")
                .putObject("externalStoreDefault")
                .put("path", "\\\\10.30.0.50\\backup")
                .put("userName", "contoso\\backup")
                .putNull("password")
                .put("encryptionCertThumbprint", thumbprint())
                .put("backupFrequencyInHours", EVERY_HOURS)
                .put("backupRetentionPeriodInDays", 7)
                .put("isBackupSchedulerEnabled", true)
                .put("lastBackupTime", Json.time(last))
                .put("nextBackupTime", Json.time(last.plus(Duration.ofHours(EVERY_HOURS))))
                .put("availableCapacity", "5 TB");
        return resource;
    }

    /** As good as a certificate's: 40 digits that belong to this stamp. */
    private String thumbprint() {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-1")
                            .digest(site.ids().of(Identifiers.Name.CLOUD).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java 17 has SHA-1", e);
        }
    }
}
