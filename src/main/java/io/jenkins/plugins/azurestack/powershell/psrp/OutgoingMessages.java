package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlException;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlWriter;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What one pool sends: serialises, numbers and cuts. Thread-safe. */
final class OutgoingMessages {
    private final UUID pool;
    private final Fragmenter fragmenter;
    private volatile CliXmlWriter writer = new CliXmlWriter();

    OutgoingMessages(UUID pool, int fragmentSize) {
        this.pool = pool;
        this.fragmenter = new Fragmenter(fragmentSize);
    }

    /** Secure strings can be sent from now on. */
    void use(SessionKey key) {
        writer = writer.withCipher(key);
    }

    /** The fragments of a message of the pool. */
    List<byte[]> ofPool(MessageType type, PsValue payload) throws MalformedMessageException {
        return ofPipeline(DotNetGuid.NONE, type, payload);
    }

    /** The fragments of a message of a pipeline. */
    List<byte[]> ofPipeline(UUID pipeline, MessageType type, PsValue payload) throws MalformedMessageException {
        try {
            return fragmenter.split(Message.toServer(type, pool, pipeline, writer.write(payload)));
        } catch (CliXmlException e) {
            throw new MalformedMessageException("a message can't be written: " + e.getMessage());
        }
    }

    /** END_OF_PIPELINE_INPUT, which has no payload (MS-PSRP 2.2.2.18). */
    List<byte[]> endOfInput(UUID pipeline) {
        return fragmenter.split(Message.toServer(MessageType.END_OF_PIPELINE_INPUT, pool, pipeline, new byte[0]));
    }

    /** Strings fragments together, as many as fit into the size each time; a larger one stays alone. */
    static List<byte[]> pack(List<byte[]> fragments, int size) {
        List<byte[]> packs = new ArrayList<>();
        ByteArrayOutputStream pack = new ByteArrayOutputStream();
        for (byte[] fragment : fragments) {
            if (pack.size() > 0 && pack.size() + fragment.length > size) {
                packs.add(pack.toByteArray());
                pack.reset();
            }
            pack.writeBytes(fragment);
        }
        if (pack.size() > 0) {
            packs.add(pack.toByteArray());
        }
        return packs;
    }
}
