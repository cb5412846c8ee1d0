package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.change.Plan;
import io.jenkins.plugins.azurestack.journal.IntentHash;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a plan is meant to do, and nothing else: this is what is approved. No password is in it; one that is known when
 * the plan is made is there as a fingerprint that only this Jenkins can make.
 *
 * @param stamp the stamp's name
 * @param domain the stamp's external domain with its region
 * @param version the stamp's version
 * @param reached whether this Jenkins reaches the BMCs itself
 * @param nodes whose BMCs; where this Jenkins reaches them
 * @param user the account
 * @param store what holds its password, by name
 * @param source where the new password comes from
 * @param given the id of the credential that holds the new password; if it is given
 * @param fingerprint of the new password; empty if it is yet to be made
 * @param way in which order
 * @param privilegedEndpoints where the stamp's call may be sent
 * @param accepted conditions whose being unknown is accepted
 */
public record BmcIntent(
        String stamp,
        String domain,
        String version,
        boolean reached,
        List<BmcNode> nodes,
        String user,
        String store,
        PasswordSource source,
        Optional<String> given,
        Optional<String> fingerprint,
        BmcWay way,
        List<String> privilegedEndpoints,
        Set<BmcCondition> accepted)
        implements Plan.Intent {
    public BmcIntent {
        Objects.requireNonNull(stamp, "stamp");
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(version, "version");
        nodes = List.copyOf(nodes);
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(given, "given");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(way, "way");
        privilegedEndpoints = List.copyOf(privilegedEndpoints);
        accepted = Collections.unmodifiableSortedSet(new TreeSet<>(accepted));
    }

    @Override
    public String hash() {
        return IntentHash.of(canonical());
    }

    /** The canonical form that is hashed: JSON with sorted names and no white space. */
    public String canonical() {
        final Map<String, Object> all = new TreeMap<>();
        all.put("schema", 1);
        all.put("stamp", stamp);
        all.put("domain", domain);
        all.put("version", version);
        all.put("reached", reached);
        all.put(
                "nodes",
                nodes.stream()
                        .map(node -> node.name() + " " + node.address() + " "
                                + node.fingerprint().orElse(""))
                        .sorted()
                        .toList());
        all.put("user", user);
        all.put("store", store);
        all.put("source", source.word());
        all.put("given", given.orElse(""));
        all.put("fingerprint", fingerprint.orElse(""));
        all.put("way", way.word());
        all.put("endpoints", privilegedEndpoints.stream().sorted().toList());
        all.put("accepted", accepted.stream().map(BmcCondition::word).sorted().toList());
        return IntentHash.canonical(all);
    }
}
