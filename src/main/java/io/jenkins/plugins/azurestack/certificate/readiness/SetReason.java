package io.jenkins.plugins.azurestack.certificate.readiness;

/** Why a check of a whole set ended as it did: each with its status and with what to do about it. */
public enum SetReason {
    /** The set does what the check asks. */
    MET(Status.OK, ""),
    /** Nothing can be told, since files do not open or their chains are not whole. */
    NOT_TOLD(Status.SKIPPED, "See the checks of the files."),

    FOLDER_MISSING(
            Status.FAIL,
            "Give the stamp a certificate for every folder: a rotation takes the whole set or none of it."),
    FOLDER_NOT_OF_STAMP(
            Status.FAIL,
            "Take it out of the set, or correct the stamp's identity provider and resource providers: the stamp refuses"
                    + " a share with folders that it does not know."),

    CERTIFICATE_SHARED(
            Status.WARNING,
            "Have one certificate issued for each folder; one for all is meant for development and tests only."),
    KEY_SHARED(
            Status.WARNING,
            "Make a key of its own for each certificate: who takes one of these keys has all the services that share it."),

    OTHER_PASSWORD(Status.FAIL, "Protect all files with the set's one password: the stamp is given no other."),

    PASSWORD_TOO_SHORT(Status.FAIL, "Choose a password of capitals, small letters and digits, eight or more."),
    PASSWORD_TOO_SIMPLE(Status.FAIL, "Choose a password of capitals, small letters and digits, eight or more."),
    PASSWORD_CHARACTER(Status.FAIL, "Choose a password without it; capitals, small letters and digits surely work."),
    PASSWORD_UNUSUAL(
            Status.WARNING,
            "Choose capitals, small letters and digits only: which other characters the stamp chokes on is not known."),

    ALREADY_SERVED(Status.WARNING, "Nothing has to be done: a rotation to this set changes no certificate."),
    ENDS_EARLIER(Status.WARNING, "Check that these are the new certificates and not the old ones."),
    SERVED_UNKNOWN(Status.WARNING, "Check by hand what these endpoints serve, since what changes there can't be told."),

    CHANGE_UNSUPPORTED(
            Status.FAIL,
            "Have the certificates issued by an authority that this release can change to, or update the stamp first."),
    CHANGE_UNKNOWN(
            Status.WARNING,
            "Check with the rotation page that the release supports this change of authority; add the authority's root to"
                    + " the stamp's trusted certificates to have it told here."),

    ROOT_DIFFERS(
            Status.FAIL,
            "Have it issued below the root of the other certificates: a resource provider must share the stamp's root."),
    SEVERAL_ROOTS(Status.WARNING, "Check that every client trusts each of these roots."),

    ENDS_APART(
            Status.WARNING,
            "Have those that end first issued to last as long as the others, or rotate again before that day.");

    private final Status status;
    private final String remedy;

    SetReason(final Status status, final String remedy) {
        this.status = status;
        this.remedy = remedy;
    }

    /** The status that a check with this reason has. */
    public Status status() {
        return status;
    }

    /** What to do next; empty if nothing has to be done. */
    public String remedy() {
        return remedy;
    }
}
