package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlException;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlWriter;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.clixml.SecureStringCipher;
import io.jenkins.plugins.azurestack.powershell.psrp.DotNetGuid;
import io.jenkins.plugins.azurestack.powershell.psrp.Fragmenter;
import io.jenkins.plugins.azurestack.powershell.psrp.Message;
import io.jenkins.plugins.azurestack.powershell.psrp.MessageType;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.UUID;

/**
 * Writes, numbers and cuts the messages of one pool, those of its pipelines included: one sequence for all clients that
 * are ever connected. Each begins with a byte order mark, as Windows writes them. Thread-safe.
 */
final class Outgoing {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final UUID pool;
    private final Fragmenter fragmenter;
    private volatile CliXmlWriter writer = new CliXmlWriter();

    Outgoing(final UUID pool, final int fragmentBytes) {
        this.pool = pool;
        this.fragmenter = new Fragmenter(fragmentBytes);
    }

    /** Secure strings are written under this key from now on. */
    void use(final SecureStringCipher key) {
        writer = new CliXmlWriter().withCipher(key);
    }

    /** A message of the pool. */
    List<byte[]> ofPool(final MessageType type, final PsValue payload) {
        return fragments(pool, DotNetGuid.NONE, type, payload);
    }

    /** A message of the pool that does not name it, as some of Windows don't. */
    List<byte[]> ofNobody(final MessageType type, final PsValue payload) {
        return fragments(DotNetGuid.NONE, DotNetGuid.NONE, type, payload);
    }

    /** A message of a pipeline. */
    List<byte[]> ofPipeline(final UUID pipeline, final MessageType type, final PsValue payload) {
        return fragments(pool, pipeline, type, payload);
    }

    private List<byte[]> fragments(
            final UUID runspacePool, final UUID pipeline, final MessageType type, final PsValue payload) {
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(BYTE_ORDER_MARK);
        try {
            text.writeBytes(writer.write(payload));
        } catch (CliXmlException e) {
            throw new IllegalArgumentException("A cmdlet wrote what can't be serialised: " + e.getMessage(), e);
        }
        return fragmenter.split(Message.toClient(type, runspacePool, pipeline, text.toByteArray()));
    }
}
