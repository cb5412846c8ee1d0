package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.world.World;

/** What changed between releases, and with which one. */
enum Since {
    /** Secrets must not be rotated before (release notes of that time). */
    ROTATION(1802),
    /** Internal and external secrets are rotated apart, {@code -Internal} exists (release notes 1811). */
    SEPARATE_ROTATIONS(1811),
    /** The first drafts that name {@code Set-BmcCredential}. */
    BMC_CREDENTIAL(1811),
    /** The group's first traces are of about 1902; how long it had been there is not known. */
    ROTATION_READINESS(1811),
    /** External certificates may come from any enterprise authority (rotation page 2019-10). */
    ANY_AUTHORITY(1903),
    /** {@code Test-AzureStack} tells of internal secrets near their end (release notes 1906). */
    INTERNAL_SECRETS_TESTED(1906),
    TLS_POLICY(1906),
    /** {@code Set-BmcCredential} writes the BMCs; the group UpdateReadiness is three tests (release notes 1910). */
    BMC_WRITTEN(1910),
    /** The certificate code of about 1912 wants seven days left. */
    WEEK_LEFT(1912),
    /** The certificate code of about 2005 wants TripleDES; before, other files can't be opened at all. */
    ENCRYPTION_NAMED(2005),
    /** The closing text of the rotation page from mid 2020 on. */
    INSTANCE_STATUS(2005),
    /** The certificate code of late 2020 asks for revocation lists over HTTP, and words a missing record anew. */
    HTTP_REVOCATION_LIST(2100),
    /** Container Registry; an internal rotation renews the root, which stamp information lists (rotation page 2022). */
    ROOT_ROTATED(2108),
    /** The closing text, and the test of external certificates, of the rotation page 2022-10. */
    PLAN_FINISHED(2206),
    /** Client authentication is not asked for any more (PKI page 2025-08). */
    SERVER_AUTHENTICATION_ALONE(2501);

    private final int release;

    Since(final int release) {
        this.release = release;
    }

    /** Whether a stamp has it. */
    boolean in(final World world) {
        return world.release() >= release;
    }
}
