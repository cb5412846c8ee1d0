package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.PsMemberSet;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The copies of secrets that one serialisation makes; closing wipes them. Not thread-safe. */
final class Secrets implements AutoCloseable {
    private final List<PsSecureString> copies = new ArrayList<>();

    PsSecureString add(PsSecureString copy) {
        copies.add(copy);
        return copy;
    }

    /** Whether a secure string is, or is anywhere inside, the value; cycles are fine. */
    static boolean within(PsValue value) {
        Set<PsValue> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<PsValue> open = new ArrayDeque<>(List.of(value));
        while (!open.isEmpty()) {
            PsValue next = open.pop();
            if (next instanceof PsSecureString) {
                return true;
            }
            if (seen.add(next)) {
                open.addAll(children(next));
            }
        }
        return false;
    }

    private static List<PsValue> children(PsValue value) {
        if (value instanceof PsMemberSet members) {
            return List.copyOf(members.members().values());
        }
        if (!(value instanceof PsObject object)) {
            return List.of();
        }
        List<PsValue> children = new ArrayList<>(object.items());
        object.entries().forEach(entry -> {
            children.add(entry.key());
            children.add(entry.value());
        });
        object.base().ifPresent(children::add);
        children.addAll(object.adapted().values());
        children.addAll(object.extended().values());
        return children;
    }

    @Override
    public void close() {
        copies.forEach(PsSecureString::close);
    }
}
