package io.jenkins.plugins.azurestack.jenkins;

import org.jvnet.localizer.Localizable;
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

    /** The name of a BMC's form. */
    public static String ConfiguredBmc_DisplayName() {
        return TEXTS.format("ConfiguredBmc.DisplayName");
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

    /** The name of the step. */
    public static String AzsUpdateBmcStep_DisplayName() {
        return TEXTS.format("AzsUpdateBmcStep.DisplayName");
    }

    /** What a step that changes a stamp says of itself before it has begun. */
    public static String MaintenanceExecution_Starting(final Object stamp) {
        return TEXTS.format("MaintenanceExecution.Starting", stamp);
    }

    /** What a step that changes a stamp says of itself after a restart of Jenkins. */
    public static String MaintenanceExecution_TakingUp(final Object stamp) {
        return TEXTS.format("MaintenanceExecution.TakingUp", stamp);
    }

    /** What a step that changes a stamp says of itself while it is being aborted. */
    public static String MaintenanceExecution_Stopping(final Object stamp) {
        return TEXTS.format("MaintenanceExecution.Stopping", stamp);
    }

    /** What a step that changes a stamp says of itself when nobody is at it. */
    public static String MaintenanceExecution_NotRunning(final Object stamp) {
        return TEXTS.format("MaintenanceExecution.NotRunning", stamp);
    }

    /** The name of a build's page. */
    public static String StampBuildAction_DisplayName() {
        return TEXTS.format("StampBuildAction.DisplayName");
    }

    /** A file that the build has lost. */
    public static String StampBuildAction_Gone(final Object file) {
        return TEXTS.format("StampBuildAction.Gone", file);
    }

    /** A rotation of which nobody wrote down how far it came. */
    public static String StampBuildAction_Unfinished() {
        return TEXTS.format("StampBuildAction.Unfinished");
    }

    /** Somebody without a name wants to approve. */
    public static String StampBuildAction_Nobody() {
        return TEXTS.format("StampBuildAction.Nobody");
    }

    /** The name of the page of all stamps. */
    public static String StampsLink_DisplayName() {
        return TEXTS.format("StampsLink.DisplayName");
    }

    /** What that page is for. */
    public static String StampsLink_Description() {
        return TEXTS.format("StampsLink.Description");
    }

    /** Somebody without a name wants to release a lock. */
    public static String StampsLink_Nobody() {
        return TEXTS.format("StampsLink.Nobody");
    }

    /** The name of a job's page. */
    public static String StampTrendAction_DisplayName() {
        return TEXTS.format("StampTrendAction.DisplayName");
    }

    /** The name of the monitor. */
    public static String StampMonitor_DisplayName() {
        return TEXTS.format("StampMonitor.DisplayName");
    }

    /** The heading of the permissions. */
    public static Localizable _AzureStackHubPermissions_Title() {
        return new Localizable(TEXTS, "AzureStackHubPermissions.Title");
    }

    /** What may be seen. */
    public static Localizable _AzureStackHubPermissions_View() {
        return new Localizable(TEXTS, "AzureStackHubPermissions.View");
    }

    /** That builds may check. */
    public static Localizable _AzureStackHubPermissions_Check() {
        return new Localizable(TEXTS, "AzureStackHubPermissions.Check");
    }

    /** That builds may plan. */
    public static Localizable _AzureStackHubPermissions_Plan() {
        return new Localizable(TEXTS, "AzureStackHubPermissions.Plan");
    }

    /** That builds may change a stamp. */
    public static Localizable _AzureStackHubPermissions_Rotate() {
        return new Localizable(TEXTS, "AzureStackHubPermissions.Rotate");
    }

    /** That plans may be approved. */
    public static Localizable _AzureStackHubPermissions_Approve() {
        return new Localizable(TEXTS, "AzureStackHubPermissions.Approve");
    }

    /** That locks may be released. */
    public static Localizable _AzureStackHubPermissions_Release() {
        return new Localizable(TEXTS, "AzureStackHubPermissions.Release");
    }
}
