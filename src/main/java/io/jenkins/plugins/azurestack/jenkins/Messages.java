package io.jenkins.plugins.azurestack.jenkins;

import org.jvnet.localizer.ResourceBundleHolder;

/**
 * The texts of {@code Messages.properties}, in the reader's language. Written by hand in the form that Jenkins's
 * generator gives it.
 */
public final class Messages {
    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    /** The name of the section on the configuration page. */
    public static String AzureStackHubConfiguration_DisplayName() {
        return TEXTS.format("AzureStackHubConfiguration.DisplayName");
    }

    /** The name of a stamp's form. */
    public static String ConfiguredStamp_DisplayName() {
        return TEXTS.format("ConfiguredStamp.DisplayName");
    }

    /** The name of a certificate's form. */
    public static String ConfiguredCertificate_DisplayName() {
        return TEXTS.format("ConfiguredCertificate.DisplayName");
    }

    /** A credential that the page cannot find, though a job may. */
    public static String CredentialKind_NotGlobal() {
        return TEXTS.format("CredentialKind.NotGlobal");
    }

    /** A field without which a stamp does not work. */
    public static String CredentialKind_Missing() {
        return TEXTS.format("CredentialKind.Missing");
    }

    /** The name of the step. */
    public static String AzsCheckExpiryStep_DisplayName() {
        return TEXTS.format("AzsCheckExpiryStep.DisplayName");
    }

    /** What a running check says of itself. */
    public static String AzsCheckExpiryStep_Running(final Object stamp) {
        return TEXTS.format("AzsCheckExpiryStep.Running", stamp);
    }

    /** What a check says of itself when it is not running. */
    public static String AzsCheckExpiryStep_NotRunning(final Object stamp) {
        return TEXTS.format("AzsCheckExpiryStep.NotRunning", stamp);
    }

    /** The name of the step. */
    public static String AzsCertificateRequestsStep_DisplayName() {
        return TEXTS.format("AzsCertificateRequestsStep.DisplayName");
    }

    /** What the step says of itself when it is not running. */
    public static String AzsCertificateRequestsStep_NotRunning(final Object stamp) {
        return TEXTS.format("AzsCertificateRequestsStep.NotRunning", stamp);
    }

    /** The name of the step. */
    public static String AzsRotateSecretsStep_DisplayName() {
        return TEXTS.format("AzsRotateSecretsStep.DisplayName");
    }

    /** What a rotation says of itself before it has begun. */
    public static String AzsRotateSecretsStep_Starting(final Object stamp) {
        return TEXTS.format("AzsRotateSecretsStep.Starting", stamp);
    }

    /** What a rotation says of itself after a restart of Jenkins. */
    public static String AzsRotateSecretsStep_TakingUp(final Object stamp) {
        return TEXTS.format("AzsRotateSecretsStep.TakingUp", stamp);
    }

    /** What a rotation says of itself while it is being aborted. */
    public static String AzsRotateSecretsStep_Stopping(final Object stamp) {
        return TEXTS.format("AzsRotateSecretsStep.Stopping", stamp);
    }

    /** What a rotation says of itself when nobody is at it. */
    public static String AzsRotateSecretsStep_NotRunning(final Object stamp) {
        return TEXTS.format("AzsRotateSecretsStep.NotRunning", stamp);
    }
}
