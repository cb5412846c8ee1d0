package io.jenkins.plugins.azurestack.powershell.wsman;

/**
 * What a WS-Management service says about itself.
 *
 * @param protocolVersion URI of the protocol; may be empty
 * @param productVendor may be empty
 * @param productVersion may be empty
 */
public record Identity(String protocolVersion, String productVendor, String productVersion) {}
