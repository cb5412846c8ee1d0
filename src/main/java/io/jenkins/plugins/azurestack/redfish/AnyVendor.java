package io.jenkins.plugins.azurestack.redfish;

/** A BMC of a vendor whose habits are not known: the standard, and a walk through all accounts. */
final class AnyVendor extends Vendor {
    @Override
    String name() {
        return "standard Redfish";
    }
}
