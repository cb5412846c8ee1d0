package io.jenkins.plugins.azurestack.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.peer.LibraryLog;
import io.jenkins.plugins.azurestack.peer.Samba;
import io.jenkins.plugins.azurestack.share.ServedFolder.Notes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;

/** Somebody between client and server, such as a hostile agent, who does not know the password. */
public class MeddlingTest {
    @ClassRule
    public static final ServedFolder ENCRYPTING = new ServedFolder("server smb encrypt = required");

    @ClassRule
    public static final ServedFolder SIGNING = new ServedFolder("server smb encrypt = off");

    private static final int SMB2 = 0xFE534D42;
    private static final int TRANSFORM = 0xFD534D42;
    private static final int SESSION_SETUP = 1;
    private static final int TREE_CONNECT = 3;
    private static final int COMMAND_AT = 12;
    private static final int STATUS_AT = 8;
    private static final int SESSION_FLAGS_AT = 64 + 2;
    private static final int SIGNATURE_AT = 48;
    private static final int FLAGS_AT = 16;
    private static final int FLAG_SIGNED = 8;
    private static final int GUEST = 1;
    private static final int ANONYMOUS = 2;
    private static final int SEEDS = 12;

    /** An answer that is not believed is none, and is waited for. */
    private static final ShareLimits IMPATIENT = new ShareLimits(Duration.ofSeconds(20), Duration.ofSeconds(1));

    @Rule
    public final LibraryLog log = new LibraryLog(Level.OFF);

    @After
    public void clear() throws IOException {
        ENCRYPTING.clear();
        SIGNING.clear();
    }

    @Test
    public void aServerThatCallsTheAccountAnonymousOrAGuestGetsNothing() {
        for (final int flag : new int[] {GUEST, ANONYMOUS}) {
            assertThatExceptionOfType(ShareUnprotectedException.class)
                    .as("session flag %d", flag)
                    .isThrownBy(() -> open(SIGNING, message -> {
                        if (isLogonDone(message)) {
                            message[SESSION_FLAGS_AT] = (byte) flag;
                        }
                        return message;
                    }))
                    .withMessageContaining("guest");
        }
    }

    @Test
    public void anAnswerInClearIsNotBelievedWhereEverythingIsEncrypted() throws IOException {
        final AtomicInteger forged = new AtomicInteger();

        assertThatExceptionOfType(ShareUnreachableException.class)
                .isThrownBy(() -> open(ENCRYPTING, message -> {
                    if (start(message) != TRANSFORM || forged.getAndIncrement() > 0) {
                        return message;
                    }
                    return noSuchShare(message);
                }));

        assertThat(forged.get()).isPositive();
    }

    @Test
    public void anUnsignedAnswerIsNotBelieved() {
        assertThatExceptionOfType(ShareUnreachableException.class)
                .isThrownBy(() -> open(SIGNING, message -> {
                    if (command(message) == TREE_CONNECT) {
                        message[FLAGS_AT] &= ~FLAG_SIGNED;
                        little(message).putInt(STATUS_AT, 0xC00000CC);
                    }
                    return message;
                }));
    }

    @Test
    public void aChangedAnswerIsNotBelieved() {
        assertThatExceptionOfType(ShareUnreachableException.class)
                .isThrownBy(() -> open(SIGNING, message -> {
                    if (command(message) == TREE_CONNECT) {
                        message[SIGNATURE_AT] ^= 1;
                    }
                    return message;
                }));
    }

    @Test
    public void aWriteWhoseAnswerIsNotBelievedHasAnUnknownOutcome() throws IOException {
        final Notes notes = new Notes();
        try (CertificatesFolder folder = open(SIGNING, message -> {
            if (notes.intended.size() == 2) {
                message[SIGNATURE_AT] ^= 1;
            }
            return message;
        })) {
            assertThatExceptionOfType(ShareOutcomeUnknownException.class)
                    .isThrownBy(() -> folder.stage(ServedFolder.set(), notes))
                    .withMessageContaining("not sent again")
                    .satisfies(e ->
                            assertThat(e.path()).isEqualTo(notes.intended.get(1).path()));
        }
        assertThat(notes.written).hasSize(1);
    }

    @Test
    public void damagedMessagesEndInAnErrorOfOurs() throws IOException {
        int failed = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            final Random random = new Random(seed);
            final AtomicInteger number = new AtomicInteger();
            final int damaged = random.nextInt(4);
            try (CertificatesFolder folder = open(SIGNING, message -> {
                if (number.getAndIncrement() == damaged) {
                    for (int i = 0; i < 3; i++) {
                        message[random.nextInt(message.length)] ^= (byte) (1 + random.nextInt(255));
                    }
                }
                return message;
            })) {
                folder.inspect();
            } catch (ShareException e) {
                failed++;
            }
        }
        assertThat(failed).isPositive();
    }

    private static CertificatesFolder open(final ServedFolder served, final UnaryOperator<byte[]> change)
            throws ShareException {
        final Network meddling = new MeddlingNetwork(served.samba().port(), change);
        return new ShareClient(meddling, new SecureRandom(), IMPATIENT)
                .open(ServedFolder.path(Samba.SHARE), ServedFolder.credentials(), Protection.SIGNED);
    }

    /** What somebody may make of the first encrypted answer, whose number and session are no secrets. */
    private static byte[] noSuchShare(final byte[] encrypted) {
        final ByteBuffer forged = little(new byte[64 + 9]);
        forged.put(new byte[] {(byte) 0xFE, 'S', 'M', 'B'}).putShort((short) 64);
        forged.putInt(STATUS_AT, 0xC00000CC).putShort(COMMAND_AT, (short) TREE_CONNECT);
        forged.putShort(14, (short) 1).putInt(FLAGS_AT, 1).putLong(24, 3);
        forged.putLong(40, little(encrypted).getLong(44)).putShort(64, (short) 9);
        return forged.array();
    }

    private static boolean isLogonDone(final byte[] message) {
        return command(message) == SESSION_SETUP && little(message).getInt(STATUS_AT) == 0;
    }

    private static int command(final byte[] message) {
        return start(message) == SMB2 ? little(message).getShort(COMMAND_AT) : -1;
    }

    private static int start(final byte[] message) {
        return ByteBuffer.wrap(message).getInt();
    }

    private static ByteBuffer little(final byte[] message) {
        return ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    }
}
