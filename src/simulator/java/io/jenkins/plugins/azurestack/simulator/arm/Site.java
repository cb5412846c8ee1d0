package io.jenkins.plugins.azurestack.simulator.arm;

import io.jenkins.plugins.azurestack.simulator.world.World;

/**
 * Where resources of a stamp are, as URLs and ids. Immutable.
 *
 * @param world whose
 * @param ids its ids
 */
record Site(World world, Identifiers ids) {
    static final String HEALTH = "Microsoft.InfrastructureInsights.Admin";
    static final String FABRIC = "Microsoft.Fabric.Admin";
    static final String UPDATE = "Microsoft.Update.Admin";
    static final String BACKUP = "Microsoft.Backup.Admin";
    static final String DEPLOYMENT = "Microsoft.Deployment.Admin";

    String region() {
        return world.stamp().region();
    }

    String subscription() {
        return ids.of(Identifiers.Name.PROVIDER_SUBSCRIPTION);
    }

    String group() {
        return "System." + region();
    }

    /** The URL of Resource Manager, without a slash at the end. */
    String url() {
        return "https://adminmanagement." + world.stamp().domain();
    }

    /** The id of a resource of a provider in the region. */
    String id(final String namespace, final String path) {
        return "/subscriptions/" + subscription() + "/resourceGroups/" + group() + "/providers/" + namespace + "/"
                + path;
    }

    String fabric() {
        return id(FABRIC, "fabricLocations/" + region());
    }

    /** @throws RefusedException with status 404 if a location is not this stamp's region */
    void requireRegion(final String asked, final String type) throws RefusedException {
        if (!asked.equalsIgnoreCase(region())) {
            throw RefusedException.notFound(type, asked, group());
        }
    }
}
