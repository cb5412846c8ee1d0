package io.jenkins.plugins.azurestack.simulator.redfish;

/**
 * What may be seen of an account at one moment; never its password.
 *
 * @param id within its BMC
 * @param userName empty for an empty slot
 * @param roleId the role's name
 * @param enabled whether it may log on at all
 * @param locked whether it is locked now
 * @param changeRequired whether its password must be changed before anything else
 * @param version how often it was changed
 */
record AccountView(
        String id,
        String userName,
        String roleId,
        boolean enabled,
        boolean locked,
        boolean changeRequired,
        int version) {
    /** The role that may change other accounts. */
    static final String ADMINISTRATOR = "Administrator";

    boolean isEmptySlot() {
        return userName.isEmpty();
    }

    boolean isAdministrator() {
        return roleId.equals(ADMINISTRATOR);
    }
}
