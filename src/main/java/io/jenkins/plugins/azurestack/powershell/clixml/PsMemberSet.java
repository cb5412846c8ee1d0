package io.jenkins.plugins.azurestack.powershell.clixml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A named set of members among the extended properties of an object, such as {@code PSStandardMembers}: an {@code <MS N="..">}
 * within an {@code <MS>}. Immutable.
 */
public final class PsMemberSet implements PsValue {
    private final Map<String, PsValue> members;

    /**
     * A set of these members.
     *
     * @param members by name, in order; copied
     */
    public PsMemberSet(Map<String, PsValue> members) {
        this.members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** The members by name, in order. */
    public Map<String, PsValue> members() {
        return members;
    }

    @Override
    public PsValue property(String name) {
        return PsObject.find(members, name);
    }

    @Override
    public String toString() {
        return "PsMemberSet of " + members.size();
    }
}
