package io.jenkins.plugins.azurestack.powershell.wsman;

/**
 * What the server says about a shell that it created.
 *
 * @param id to be used from now on, whatever id was asked for
 * @param owner {@code MACHINE\\user}; may be empty
 * @param idleTimeout as the server writes it, {@code PT7200.000S}; may be empty
 * @param bufferMode {@code Block} or {@code Drop}; may be empty
 */
public record CreatedShell(ShellId id, String owner, String idleTimeout, String bufferMode) {}
