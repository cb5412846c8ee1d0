package io.jenkins.plugins.azurestack.simulator.redfish;

/**
 * Who made a server and its BMC, and what their parts are called.
 *
 * @param vendor of the server, as Resource Manager spells it
 * @param model of the server
 * @param managerId the last segment of the BMC's own resource
 * @param managerModel what the BMC calls itself
 * @param firmware the BMC's firmware version
 * @param systemId the last segment of the server's resource
 * @param redfish the version of the protocol
 * @param registry the Base registry that its messages come from, with version
 */
record Make(
        String vendor,
        String model,
        String managerId,
        String managerModel,
        String firmware,
        String systemId,
        String redfish,
        String registry) {}
