package io.jenkins.plugins.azurestack.stamp;

/** The identity provider a stamp was deployed with; it decides which certificate folders exist. */
public enum IdentityProvider {
    /** Microsoft Entra ID, for which the stamp and its share layout still say AAD. */
    AAD,
    /** Active Directory Federation Services: adds the folders ADFS and Graph. */
    ADFS
}
