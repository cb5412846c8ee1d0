package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlException;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlReader;
import io.jenkins.plugins.azurestack.powershell.clixml.PsNull;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.clixml.PsVersion;
import io.jenkins.plugins.azurestack.powershell.psrp.Defragmenter;
import io.jenkins.plugins.azurestack.powershell.psrp.MalformedMessageException;
import io.jenkins.plugins.azurestack.powershell.psrp.Message;
import io.jenkins.plugins.azurestack.powershell.psrp.MessageType;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * The server's side of one runspace pool (MS-PSRP 3.2): agrees on a version, exchanges the key, counts runspaces. What
 * it says goes to the shell's outbox. Thread-safe.
 */
final class Pool {
    static final int OPENED = 2;
    static final int BROKEN = 5;

    /** The highest version that Windows PowerShell 5.1 speaks. */
    private static final PsVersion HIGHEST = PsVersion.parse("2.3");

    private final int fragmentBytes;
    private final Outbox outbox;
    private final SecureRandom random;
    private final Runspaces runspaces = new Runspaces();
    private Defragmenter incoming = new Defragmenter();
    private CliXmlReader reader = new CliXmlReader();
    private String version = HIGHEST.toString();
    private Outgoing outgoing;

    Pool(final Outbox outbox, final int fragmentBytes, final SecureRandom random) {
        this.fragmentBytes = fragmentBytes;
        this.outbox = outbox;
        this.random = random;
    }

    /** How many pipelines may run at a time. */
    Runspaces runspaces() {
        return runspaces;
    }

    /** Writes what goes to the client; there once the pool was opened. */
    synchronized Outgoing outgoing() {
        return outgoing;
    }

    /** Opens with what a Create carried. */
    synchronized void open(final byte[] creationXml) throws WsManFault, InterruptedException {
        final List<Message> messages = received(creationXml);
        if (messages.size() != 2
                || !isType(messages.get(0), MessageType.SESSION_CAPABILITY)
                || !isType(messages.get(1), MessageType.INIT_RUNSPACEPOOL)) {
            throw WsManFault.malformedMessage();
        }
        // As the client calls it: some write the shell's id in another order of bytes.
        outgoing = new Outgoing(messages.get(1).runspacePool(), fragmentBytes);
        if (!agree(read(messages.get(0)))) {
            return;
        }
        final PsValue init = read(messages.get(1));
        runspaces.set(
                init.property("MinRunspaces").asInt(1),
                init.property("MaxRunspaces").asInt(1));
        // Windows answers the first Receives with one message each, as their making takes a moment.
        outbox.put(outgoing.ofNobody(MessageType.SESSION_CAPABILITY, Records.sessionCapability(version)), true);
        say(MessageType.APPLICATION_PRIVATE_DATA, Records.applicationPrivateData(version), true);
        say(MessageType.RUNSPACEPOOL_STATE, Records.poolState(OPENED, PsNull.NULL), true);
    }

    private boolean agree(final PsValue capability) throws WsManFault, InterruptedException {
        final PsVersion offered;
        try {
            offered = capability.property("protocolversion").asVersion();
        } catch (CliXmlException e) {
            throw WsManFault.malformedMessage();
        }
        if (offered.major() != HIGHEST.major() || offered.minor() < 1) {
            final TerminatingError error = new TerminatingError(
                    "The remote session with the client cannot be started because the protocol version " + offered
                            + " of the client is not supported.",
                    "System.Management.Automation.Remoting.PSRemotingDataStructureException",
                    "PSRemotingDataStructureException",
                    0,
                    "",
                    "",
                    "");
            say(MessageType.RUNSPACEPOOL_STATE, Records.poolState(BROKEN, Records.terminating(error)), true);
            return false;
        }
        version = offered.compareTo(HIGHEST) < 0 ? offered.toString() : HIGHEST.toString();
        return true;
    }

    /**
     * Takes a new client, whose messages are numbered anew.
     *
     * @return what ConnectResponse carries
     */
    synchronized byte[] connect(final byte[] connectXml) throws WsManFault, InterruptedException {
        incoming = new Defragmenter();
        final List<Message> messages = received(connectXml);
        if (messages.size() != 2
                || !isType(messages.get(0), MessageType.SESSION_CAPABILITY)
                || !isType(messages.get(1), MessageType.CONNECT_RUNSPACEPOOL)) {
            throw WsManFault.malformedMessage();
        }
        final ByteArrayOutputStream answer = new ByteArrayOutputStream();
        outgoing.ofPool(MessageType.SESSION_CAPABILITY, Records.sessionCapability(version))
                .forEach(answer::writeBytes);
        outgoing.ofPool(
                        MessageType.RUNSPACEPOOL_INIT_DATA,
                        PsObject.builder()
                                .extended("MinRunspaces", runspaces.minimum())
                                .extended("MaxRunspaces", runspaces.maximum())
                                .build())
                .forEach(answer::writeBytes);
        say(MessageType.APPLICATION_PRIVATE_DATA, Records.applicationPrivateData(version), true);
        return answer.toByteArray();
    }

    /** The messages that are complete with these fragments. */
    synchronized List<Message> received(final byte[] fragments) throws WsManFault {
        try {
            final List<Message> messages = incoming.accept(fragments);
            for (final Message message : messages) {
                if (!message.isToServer()) {
                    throw WsManFault.malformedMessage();
                }
            }
            return messages;
        } catch (MalformedMessageException e) {
            incoming.clear();
            throw WsManFault.malformedMessage();
        }
    }

    /** What a message says, its secrets opened if there is a key. */
    synchronized PsValue read(final Message message) throws WsManFault {
        try {
            return reader.read(message.payload());
        } catch (CliXmlException e) {
            throw WsManFault.malformedMessage();
        }
    }

    static boolean isType(final Message message, final MessageType type) {
        return message.type().equals(Optional.of(type));
    }

    /** Answers a message of the pool; those that need no answer, and those that are not known, get none. */
    synchronized void accept(final Message message) throws WsManFault, InterruptedException {
        if (message.type().isEmpty()) {
            return;
        }
        switch (message.type().get()) {
            case PUBLIC_KEY -> exchangeKey(read(message));
            case SET_MAX_RUNSPACES -> {
                final PsValue asked = read(message);
                answerCall(
                        asked,
                        PsPrimitive.of(runspaces.setMaximum(
                                asked.property("MaxRunspaces").asInt(0))));
            }
            case SET_MIN_RUNSPACES -> {
                final PsValue asked = read(message);
                answerCall(
                        asked,
                        PsPrimitive.of(runspaces.setMinimum(
                                asked.property("MinRunspaces").asInt(0))));
            }
            case GET_AVAILABLE_RUNSPACES -> answerCall(read(message), PsPrimitive.of((long) runspaces.available()));
            case RESET_RUNSPACE_STATE -> answerCall(read(message), PsPrimitive.of(runspaces.available() > 0));
            default -> {
                // SESSION_CAPABILITY once more, host responses to calls that nobody made: nothing is due.
            }
        }
    }

    private void exchangeKey(final PsValue asked) throws WsManFault, InterruptedException {
        final PoolKey key = new PoolKey(random);
        try {
            final String encrypted = key.encryptedTo(asked.property("PublicKey").asString(), random);
            reader = new CliXmlReader().withCipher(key);
            outgoing.use(key);
            outbox.put(
                    outgoing.ofNobody(
                            MessageType.ENCRYPTED_SESSION_KEY,
                            PsObject.builder()
                                    .extended("EncryptedSessionKey", encrypted)
                                    .build()),
                    false);
        } catch (GeneralSecurityException e) {
            throw WsManFault.malformedMessage();
        }
    }

    private void answerCall(final PsValue asked, final PsValue answer) throws InterruptedException {
        outbox.put(
                outgoing.ofNobody(
                        MessageType.RUNSPACE_AVAILABILITY,
                        PsObject.builder()
                                .extended("SetMinMaxRunspacesResponse", answer)
                                .extended("ci", PsPrimitive.of(callId(asked)))
                                .build()),
                false);
    }

    private static long callId(final PsValue asked) {
        try {
            return asked.property("ci").asLong();
        } catch (CliXmlException e) {
            return 0;
        }
    }

    private void say(final MessageType type, final PsValue payload, final boolean endsAnswer)
            throws InterruptedException {
        outbox.put(outgoing.ofPool(type, payload), endsAnswer);
    }
}
