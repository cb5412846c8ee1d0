package io.jenkins.plugins.azurestack.journal;

import java.util.regex.Pattern;

/**
 * What names a rotation (of certificates, secrets or BMC passwords) for ever, safe in file names and URLs.
 *
 * @param value 1 to 100 lower-case letters, digits or inner hyphens
 */
public record RotationId(String value) {
    private static final Pattern BMC = Pattern.compile(".+-bmc-[0-9]{8}-[0-9a-z]+");
    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?");

    /** @throws IllegalArgumentException if it is not of that form */
    public RotationId {
        if (value == null || !isUsable(value)) {
            throw new IllegalArgumentException(
                    "A rotation's id is 1 to 100 lower-case letters, digits or inner hyphens");
        }
    }

    /** The step that goes on with it, as its id says: those of BMC passwords are called {@code <stamp>-bmc-<day>-<chance>}. */
    public String step() {
        return BMC.matcher(value).matches() ? "azsUpdateBmc" : "azsRotateSecrets";
    }

    static boolean isUsable(final String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
