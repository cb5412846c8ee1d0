package io.jenkins.plugins.azurestack.redfish;

import java.util.Optional;

/**
 * An account of a BMC as it was read. What the BMC does not tell is empty, never guessed.
 *
 * @param path where it is
 * @param id as the BMC has it
 * @param userName as the BMC spells it
 * @param roleId such as {@code Administrator}
 * @param enabled whether it may log on
 * @param locked whether too many wrong passwords have locked it
 * @param changeRequired whether its password has to be changed before anything else
 * @param etag from the header, else from the resource, quotes and all
 */
public record Account(
        String path,
        String id,
        String userName,
        Optional<String> roleId,
        Optional<Boolean> enabled,
        Optional<Boolean> locked,
        Optional<Boolean> changeRequired,
        Optional<String> etag) {}
