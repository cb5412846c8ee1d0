package io.jenkins.plugins.azurestack.certificate.readiness;

import java.util.function.Function;

/** The checks of a whole certificate set, each a pure function. They are ours: the readiness checker has none of them. */
public enum SetCheck {
    /** Every folder of the stamp has a certificate, and no folder is there that it does not know. */
    FOLDERS("Folders", SetChecks::folders),
    /** No certificate and no key is used twice. */
    DUPLICATE_USE("Duplicate Use", SetChecks::duplicates),
    /** Every file opens with the set's password. */
    ONE_PASSWORD("One Password", SetChecks::onePassword),
    /** The password is one that the stamp takes. */
    PASSWORD_RECIPE("Password Recipe", CandidateSet::password),
    /** The set differs from what the endpoints serve now, for the better. */
    SERVED_NOW("Served Now", SetChecks::servedNow),
    /** The release can change from the authority of now to the new one. */
    AUTHORITY_CHANGE("Authority Change", AuthorityChecks::change),
    /** All certificates lead to one root. */
    SAME_ROOT("Same Root", AuthorityChecks::sameRoot),
    /** The certificates end at about the same time. */
    EXPIRY_ALIGNMENT("Expiry Alignment", SetChecks::alignment);

    private final String title;
    private final Function<CandidateSet, SetOutcome> function;

    SetCheck(final String title, final Function<CandidateSet, SetOutcome> function) {
        this.title = title;
        this.function = function;
    }

    /** What reports call it. */
    public String title() {
        return title;
    }

    SetOutcome judge(final CandidateSet set) {
        return function.apply(set);
    }
}
