package io.jenkins.plugins.azurestack.bmc;

import java.util.Locale;

/** Where the new password comes from. */
public enum PasswordSource {
    /** It is made when the plan is carried out. */
    GENERATED,
    /** A credential that the step was given. */
    GIVEN,
    /** One that an earlier update left as pending: some BMC may take it, so that nothing else may take its place. */
    PENDING;

    /** In lower case, as journals and plans write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
