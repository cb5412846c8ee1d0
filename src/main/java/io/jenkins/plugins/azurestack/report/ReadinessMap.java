package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.CertificatePath;
import io.jenkins.plugins.azurestack.certificate.readiness.PfxReadiness;
import io.jenkins.plugins.azurestack.certificate.readiness.Replacement;
import io.jenkins.plugins.azurestack.certificate.readiness.SetReadiness;
import io.jenkins.plugins.azurestack.certificate.readiness.Status;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The readiness of a certificate set as a pipeline sees it: {@link LinkedHashMap}, {@link ArrayList}, {@link String},
 * {@link Long} and {@link Boolean} only, mutable and serialisable, no null, every key always there. Stateless.
 *
 * <p>Statuses and names of checks are the words of the readiness checker; reasons are stable words for programs.
 */
public final class ReadinessMap {
    /** The version of the fields; it changes when one is removed or changes its meaning, not when one is added. */
    public static final long SCHEMA = 1;

    private ReadinessMap() {}

    /**
     * Renders it.
     *
     * @return a new map that nobody else holds
     */
    public static Map<String, Object> of(final SetReadiness readiness) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("schema", SCHEMA);
        map.put("stamp", readiness.stamp().name());
        map.put("domain", readiness.stamp().domain());
        map.put("version", readiness.version().toString());
        map.put("checkedAt", readiness.checkedAt().toString());
        map.put("status", readiness.status().label());
        map.put("ready", readiness.isReady());
        map.put("summary", ReadinessLog.summary(readiness));
        map.put("counts", counts(readiness));
        final List<Object> files = new ArrayList<>();
        readiness.files().values().forEach(file -> files.add(file(file)));
        map.put("files", files);
        final List<Object> set = new ArrayList<>();
        readiness.outcomes().forEach((check, outcome) -> {
            final Map<String, Object> entry = outcome(
                    check.title(), outcome.status(), outcome.reason().name(), outcome.message(), outcome.remedy());
            entry.put("folders", folders(outcome.folders()));
            set.add(entry);
        });
        map.put("set", set);
        final List<Object> replacements = new ArrayList<>();
        readiness.replacements().forEach(replacement -> replacements.add(replacement(replacement)));
        map.put("replacements", replacements);
        return map;
    }

    private static Map<String, Object> counts(final SetReadiness readiness) {
        final Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("fail", ReadinessLog.count(readiness, Status.FAIL));
        counts.put("warning", ReadinessLog.count(readiness, Status.WARNING));
        counts.put("ok", ReadinessLog.count(readiness, Status.OK));
        counts.put("skipped", ReadinessLog.count(readiness, Status.SKIPPED));
        return counts;
    }

    private static Map<String, Object> file(final PfxReadiness file) {
        final Optional<CertificateChain> chain = file.path().map(CertificatePath::chain);
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("folder", file.folder().folderName());
        map.put("subject", chain.map(c -> Text.printable(c.subject())).orElse(""));
        map.put("thumbprint", chain.map(CertificateChain::thumbprint).orElse(""));
        map.put("fingerprint", chain.map(CertificateChain::fingerprint).orElse(""));
        map.put("notAfter", chain.map(c -> c.notAfter().toString()).orElse(""));
        map.put("status", file.status().label());
        final List<Object> checks = new ArrayList<>();
        file.outcomes()
                .forEach((check, outcome) -> checks.add(outcome(
                        check.title(),
                        outcome.status(),
                        outcome.reason().name(),
                        outcome.message(),
                        outcome.remedy())));
        map.put("checks", checks);
        return map;
    }

    private static Map<String, Object> outcome(
            final String name, final Status status, final String reason, final String message, final String remedy) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("status", status.label());
        map.put("reason", reason);
        map.put("message", message);
        map.put("remedy", remedy);
        return map;
    }

    private static List<Object> folders(final List<CertificateFolder> folders) {
        final List<Object> names = new ArrayList<>();
        folders.forEach(folder -> names.add(folder.folderName()));
        return names;
    }

    private static Map<String, Object> replacement(final Replacement replacement) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("folder", replacement.folder().folderName());
        map.put("change", change(replacement));
        map.put("servedFingerprint", fingerprint(replacement.served()));
        map.put("servedNotAfter", notAfter(replacement.served()));
        map.put("offeredFingerprint", fingerprint(replacement.offered()));
        map.put("offeredNotAfter", notAfter(replacement.offered()));
        return map;
    }

    private static String change(final Replacement replacement) {
        if (replacement.served().isEmpty() || replacement.offered().isEmpty()) {
            return Phrases.UNKNOWN;
        }
        return replacement.isSame() ? "none" : "new";
    }

    private static String fingerprint(final Optional<CertificateChain> chain) {
        return chain.map(CertificateChain::fingerprint).orElse("");
    }

    private static String notAfter(final Optional<CertificateChain> chain) {
        return chain.map(c -> c.leaf().getNotAfter().toInstant().toString()).orElse("");
    }
}
