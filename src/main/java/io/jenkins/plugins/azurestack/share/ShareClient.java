package io.jenkins.plugins.azurestack.share;

import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import java.security.SecureRandom;
import java.util.Objects;

/**
 * Opens the share that carries a certificate set, over SMB 2 and 3 with NTLM. Immutable; safe for use by many threads.
 *
 * <p>Every message is signed or encrypted, answers too. Nothing is sent to a server that makes a guest of the account.
 * Links and DFS referrals are not followed.
 */
public final class ShareClient {
    private final Network network;
    private final SecureRandom random;
    private final ShareLimits limits;

    /**
     * @param network opens the one connection of each share
     * @param random makes challenges, and names of files for probing
     */
    public ShareClient(final Network network, final SecureRandom random, final ShareLimits limits) {
        this.network = Objects.requireNonNull(network, "network");
        this.random = Objects.requireNonNull(random, "random");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /**
     * Logs on and opens the folder. The password is sent, as NTLM does, once.
     *
     * @param path of the folder {@code Certificates}, which must be there
     * @param credentials {@code DOMAIN\\user}, {@code user@domain} or {@code user}, and a password; not kept
     * @param protection what the connection must have
     * @return the folder, which the caller closes
     * @throws ShareException why not; nothing was changed then
     */
    public CertificatesFolder open(
            final UncPath path, final PasswordCredentials credentials, final Protection protection)
            throws ShareException {
        final SmbFolder folder = new SmbFolder(
                SmbConnection.open(network, random, limits, path, credentials, protection), path.folder());
        try {
            folder.require();
        } catch (ShareException e) {
            folder.close();
            throw e;
        }
        return new CertificatesFolder(path, folder, random);
    }
}
