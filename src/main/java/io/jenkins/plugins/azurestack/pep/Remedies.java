package io.jenkins.plugins.azurestack.pep;

import io.jenkins.plugins.azurestack.powershell.psrp.ErrorRecord;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What the documentation, and those who ran into it, say of each error that a stamp is known to give. Sources: the
 * rotation page (2022-10-20), the pages on validation and remediation of certificates, the page on the privileged
 * endpoint.
 */
enum Remedies {
    WRONG_LAYOUT(
            "Cannot bind argument to parameter 'Path' because it is null",
            "Whatever it says, this is about the folders: below Certificates exactly one of AAD or ADFS, below that one"
                    + " folder for each certificate, and nothing else at these two levels."),
    WRONG_PASSWORD(
            "The provided password for the certificate is not correct",
            "One password has to open every file of the set: look at certificatePasswordCredentialsId."),
    NO_PRIVATE_KEY(
            "The certificate does not contain a private key",
            "Export the certificate with its key, from the local machine's store."),
    NO_CHAIN("NoChainOfTrust", "Export the certificate with all certificates of its path."),
    SELF_SIGNED("is self signed", "No stamp takes a self-signed certificate: have it issued by an authority."),
    MISSING_NAME("a record that is valid for", "Have the certificate issued anew with every name of its folder."),
    MISSING_FILE("The expected certificate", "A folder has no file, or one that can't be read."),
    SCRIPTS("ScriptsNotAllowed", "The endpoint takes single commands only; report this to the plugin's maintainers."),
    UNKNOWN_CMDLET(
            "CommandNotFoundException",
            "This stamp does not have that cmdlet: look at its version, and at the account's role."),
    ACCESS(
            "Access is denied",
            "Look whether the account may read and write the share, and is a member of CloudAdmins.");

    private final String sign;
    private final String advice;

    Remedies(final String sign, final String advice) {
        this.sign = sign;
        this.advice = advice;
    }

    /** What is known to help, if the error is known. */
    static Optional<String> of(final ErrorRecord error) {
        return of(error.message() + " " + error.fullyQualifiedErrorId());
    }

    /** What is known to help, if a text of the stamp is known. */
    static Optional<String> of(final String words) {
        final String lower = words.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(remedy -> lower.contains(remedy.sign.toLowerCase(Locale.ROOT)))
                .map(remedy -> remedy.advice)
                .findFirst();
    }
}
