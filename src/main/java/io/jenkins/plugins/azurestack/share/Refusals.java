package io.jenkins.plugins.azurestack.share;

import com.hierynomus.mssmb2.SMBApiException;
import java.util.List;
import java.util.Map;

/** A server's NTSTATUS (MS-ERREF 2.3) in words that help. */
final class Refusals {
    private static final long OBJECT_NAME_COLLISION = 0xC0000035L;
    private static final long BAD_NETWORK_NAME = 0xC00000CCL;

    private static final List<Long> NOT_FOUND = List.of(
            0xC000000FL, // STATUS_NO_SUCH_FILE
            0xC0000034L, // STATUS_OBJECT_NAME_NOT_FOUND
            0xC000003AL // STATUS_OBJECT_PATH_NOT_FOUND
            );
    private static final List<Long> NOT_PERMITTED = List.of(
            0xC0000022L, // STATUS_ACCESS_DENIED
            0xC0000061L, // STATUS_PRIVILEGE_NOT_HELD
            0xC00000A2L, // STATUS_MEDIA_WRITE_PROTECTED
            0xC00000CAL // STATUS_NETWORK_ACCESS_DENIED
            );
    private static final List<Long> FULL = List.of(
            0xC0000044L, // STATUS_QUOTA_EXCEEDED
            0xC000007FL // STATUS_DISK_FULL
            );
    private static final List<Long> BUSY = List.of(
            0xC0000043L, // STATUS_SHARING_VIOLATION
            0xC0000054L, // STATUS_FILE_LOCK_CONFLICT
            0xC0000056L // STATUS_DELETE_PENDING
            );
    private static final List<Long> ELSEWHERE = List.of(
            0x8000002DL, // STATUS_STOPPED_ON_SYMLINK
            0xC0000257L // STATUS_PATH_NOT_COVERED
            );
    private static final Map<Long, String> LOGON = Map.ofEntries(
            Map.entry(0xC0000022L, "access denied"),
            Map.entry(0xC0000064L, "no such user"),
            Map.entry(0xC000006AL, "wrong password"),
            Map.entry(0xC000006DL, "wrong user name or password"),
            Map.entry(0xC000006EL, "the account is restricted"),
            Map.entry(0xC000006FL, "outside the account's logon hours"),
            Map.entry(0xC0000070L, "the account may not log on from here"),
            Map.entry(0xC0000071L, "the password has expired"),
            Map.entry(0xC0000072L, "the account is disabled"),
            Map.entry(0xC000015BL, "the account may not log on over the network"),
            Map.entry(0xC0000193L, "the account has expired"),
            Map.entry(0xC0000224L, "the password has to be changed first"),
            Map.entry(0xC0000234L, "the account is locked"),
            Map.entry(0xC0000418L, "the server's policy blocks NTLM"));

    private Refusals() {}

    /** What a refused logon is. */
    static ShareLogonException logon(final UncPath path, final String user, final SMBApiException refusal) {
        final String reason = LOGON.getOrDefault(refusal.getStatusCode(), "the server says " + words(refusal));
        return new ShareLogonException(
                user + " can't log on to " + path.host() + ": " + reason + ". Nothing was read or written, and the"
                        + " password was sent once. Correct the credential of the share or the account before trying"
                        + " again: repeated refusals can lock it.",
                refusal);
    }

    /** What a refusal to connect to the share itself is. */
    static ShareRefusedException share(final UncPath path, final String user, final SMBApiException refusal) {
        final long status = refusal.getStatusCode();
        if (status == BAD_NETWORK_NAME || NOT_FOUND.contains(status)) {
            return new ShareNotFoundException(
                    path.host() + " has no share '" + path.share()
                            + "'. Nothing was read or written. Correct the path of"
                            + " the certificate share, or create the share; a DFS namespace has to be replaced by the"
                            + " server and share behind it.",
                    status,
                    refusal);
        }
        return of(path, "connect to the share as " + user, refusal);
    }

    /**
     * What a refusal on the share is.
     *
     * @param path what was asked about
     * @param what was asked, as in 'could not ...'
     */
    static ShareRefusedException of(final Object path, final String what, final SMBApiException refusal) {
        final long status = refusal.getStatusCode();
        final String start = "Could not " + what + " (" + path + "): ";
        if (NOT_FOUND.contains(status)) {
            return new ShareNotFoundException(
                    start
                            + "there is no such file or folder. Nothing was changed by this. Create the folder Certificates"
                            + " on the share, empty, if it is the one that is missing.",
                    status,
                    refusal);
        }
        if (NOT_PERMITTED.contains(status)) {
            return new SharePermissionException(
                    start
                            + "access denied. Nothing was changed by this. The account needs to read, write and delete in the"
                            + " share's permissions as well as in the folder's; see that neither is read-only.",
                    status,
                    refusal);
        }
        if (FULL.contains(status)) {
            return new ShareFullException(
                    start
                            + "no space or quota is left. What was being written is not there. Make room on the share and try"
                            + " again.",
                    status,
                    refusal);
        }
        if (BUSY.contains(status)) {
            return new ShareBusyException(
                    start
                            + "somebody else has it open, or it is just being deleted. Nothing was changed by this. Close what"
                            + " has it open (the server's list of open files shows who) and try again.",
                    status,
                    refusal);
        }
        if (ELSEWHERE.contains(status)) {
            return new ShareRefusedException(
                    start
                            + "the path leads elsewhere, through a link or DFS, which is not followed. Nothing was changed by"
                            + " this. Give the path of the real folder.",
                    status,
                    refusal);
        }
        return new ShareRefusedException(
                start + "the server says " + words(refusal)
                        + ". Nothing was changed by this. Look into the server's event"
                        + " log, and try again once it is settled.",
                status,
                refusal);
    }

    static boolean isCollision(final SMBApiException refusal) {
        return refusal.getStatusCode() == OBJECT_NAME_COLLISION;
    }

    /** What it is when something lies where there was to be nothing. */
    static ForeignFilesException collision(final String path, final String what, final SMBApiException refusal) {
        return new ForeignFilesException(
                "Could not " + what + " (" + path
                        + "): something by that name is there already. It was not touched. Move it"
                        + " away, or find out who else writes to this share, and try again.",
                List.of(new ShareEntry(path, ShareEntry.Kind.FILE, 0)),
                refusal);
    }

    private static String words(final SMBApiException refusal) {
        return refusal.getStatus() + String.format(" (0x%08X)", refusal.getStatusCode());
    }
}
