package io.jenkins.plugins.azurestack.redfish;

/**
 * What a BMC says that it is, without anybody logged on; empty where it says nothing.
 *
 * @param vendor such as {@code Dell}
 * @param product such as {@code Integrated Dell Remote Access Controller} or the server's model
 * @param redfishVersion of the protocol
 * @param habits which vendor's habits are followed
 */
public record Identity(String vendor, String product, String redfishVersion, String habits) {}
