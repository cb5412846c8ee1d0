package io.jenkins.plugins.azurestack.wiring;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who started a build, be it through builds of other jobs: none of them approves what it is to do. Immutable.
 *
 * @param users by user id; none if no user did
 * @param complete whether these are all of them; false where Jenkins has cut off what started the build
 */
public record Starters(Set<String> users, boolean complete) {
    /** What Jenkins does not tell of, where a build was started through too many others. */
    public static final Starters UNTOLD = new Starters(Set.of(), false);

    public Starters {
        users = Set.copyOf(users);
    }

    /** All that there are. */
    public static Starters of(final Collection<String> users) {
        return new Starters(Set.copyOf(users), true);
    }

    /** These and others. */
    public Starters and(final Starters others) {
        final Set<String> all = new LinkedHashSet<>(users);
        all.addAll(others.users);
        return new Starters(all, complete && others.complete);
    }

    /** Whether it is known that a user is one of them, whatever the case of the id. */
    public boolean include(final String user) {
        return users.stream().anyMatch(user::equalsIgnoreCase);
    }

    /** Whether it is certain that a user is none of them. */
    public boolean exclude(final String user) {
        return complete && !include(user);
    }

    /** Why nobody can approve where they are not all known; goes after the name of what is to be approved. */
    static String untold() {
        return "can't be approved, since Jenkins does not tell who started its build: it was started through too many"
                + " others; plan and carry it out in builds that a user, a timer or few others start";
    }
}
