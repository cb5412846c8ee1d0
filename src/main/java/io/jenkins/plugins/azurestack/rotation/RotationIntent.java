package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.Plan;
import io.jenkins.plugins.azurestack.journal.IntentHash;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a plan is meant to do, and nothing else: this is what is approved. Times, alerts, bytes of files and what tests
 * said are not in it.
 *
 * @param stamp the stamp's name
 * @param domain the stamp's external domain with its region
 * @param version the stamp's version
 * @param call the call that begins it
 * @param privilegedEndpoints where it may be sent
 * @param certificates by folder; empty for an internal rotation
 * @param accepted conditions whose being unknown is accepted
 * @param reason why, where one has to be given
 */
public record RotationIntent(
        String stamp,
        String domain,
        String version,
        RotationCall call,
        List<String> privilegedEndpoints,
        Map<CertificateFolder, Change> certificates,
        Set<RotationCondition> accepted,
        Optional<String> reason)
        implements Plan.Intent {
    public RotationIntent {
        Objects.requireNonNull(stamp, "stamp");
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(call, "call");
        privilegedEndpoints = List.copyOf(privilegedEndpoints);
        certificates = Collections.unmodifiableMap(new TreeMap<>(certificates));
        accepted = Collections.unmodifiableSortedSet(new TreeSet<>(accepted));
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * What becomes of one folder's certificate. Fingerprints are SHA-256 in lower-case hex.
     *
     * @param served what the folder's endpoints serve now, as far as it could be seen; more than one where they differ
     * @param toBeServed the new certificate
     */
    public record Change(SortedSet<String> served, String toBeServed) {
        public Change {
            served = Collections.unmodifiableSortedSet(new TreeSet<>(served));
            Objects.requireNonNull(toBeServed, "toBeServed");
        }

        /** Whether the new certificate, and no other, is served already. */
        public boolean isDone() {
            return served.equals(Set.of(toBeServed));
        }
    }

    @Override
    public String hash() {
        return IntentHash.of(canonical());
    }

    /** The canonical form that is hashed: JSON with sorted names and no white space. */
    public String canonical() {
        final Map<String, Object> folders = new TreeMap<>();
        certificates.forEach((folder, change) -> folders.put(
                folder.folderName(),
                new TreeMap<>(Map.of("served", new ArrayList<>(change.served()), "toBeServed", change.toBeServed()))));
        final Map<String, Object> all = new TreeMap<>();
        all.put("schema", 1);
        all.put("stamp", stamp);
        all.put("domain", domain);
        all.put("version", version);
        all.put("scope", call.scope().word());
        all.put("call", call.text());
        all.put("share", call.share().orElse(""));
        all.put("endpoints", privilegedEndpoints.stream().sorted().toList());
        all.put("certificates", folders);
        all.put(
                "accepted",
                accepted.stream().map(RotationCondition::word).sorted().toList());
        all.put("reason", reason.orElse(""));
        return IntentHash.canonical(all);
    }
}
