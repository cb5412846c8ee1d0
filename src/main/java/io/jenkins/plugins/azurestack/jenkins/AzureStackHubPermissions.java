package io.jenkins.plugins.azurestack.jenkins;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;

/**
 * What somebody may be granted here, besides what Jenkins itself knows. Whoever may administer Jenkins may all of it, and
 * none of it follows from another. All but {@link #RELEASE} can be granted for a folder or a job.
 */
public final class AzureStackHubPermissions {
    /** The heading under which a matrix of permissions shows them. */
    public static final PermissionGroup GROUP =
            new PermissionGroup(AzureStackHubPermissions.class, Messages._AzureStackHubPermissions_Title());

    /** To see what was found and done: the pages of a build, of a job, and of all stamps. */
    public static final Permission VIEW = ofItems("View", Messages._AzureStackHubPermissions_View());

    /** To have a build check what expires; counts where a build runs as a user. */
    public static final Permission CHECK = ofItems("Check", Messages._AzureStackHubPermissions_Check());

    /** To have a build make a plan; counts where a build runs as a user. */
    public static final Permission PLAN = ofItems("Plan", Messages._AzureStackHubPermissions_Plan());

    /** To have a build change a stamp by an approved plan; counts where a build runs as a user. */
    public static final Permission ROTATE = ofItems("Rotate", Messages._AzureStackHubPermissions_Rotate());

    /** To approve the plan of a build that somebody else started. */
    public static final Permission APPROVE = ofItems("Approve", Messages._AzureStackHubPermissions_Approve());

    /** To release the lock of a stamp by hand. Stamps belong to no folder, so this is granted for all of Jenkins. */
    public static final Permission RELEASE = new Permission(
            GROUP,
            "Release",
            Messages._AzureStackHubPermissions_Release(),
            Jenkins.ADMINISTER,
            PermissionScope.JENKINS);

    private AzureStackHubPermissions() {}

    private static Permission ofItems(final String name, final Localizable description) {
        return new Permission(GROUP, name, description, Jenkins.ADMINISTER, PermissionScope.ITEM);
    }

    /** Makes them known before anything that grants them is read. */
    @Initializer(after = InitMilestone.PLUGINS_STARTED, before = InitMilestone.EXTENSIONS_AUGMENTED)
    public static void load() {
        // Loading this class is all there is to do.
    }
}
