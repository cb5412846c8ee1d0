package io.jenkins.plugins.azurestack.simulator.world;

/**
 * A scale unit node.
 *
 * @param name such as {@code node01}
 * @param bmcAddress the IP address of its BMC
 * @param vendor as Resource Manager says it, such as {@code DELL}
 * @param model such as {@code PowerEdge R740xd}
 * @param serialNumber the service tag
 */
public record Node(String name, String bmcAddress, String vendor, String model, String serialNumber) {}
