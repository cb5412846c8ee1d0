package io.jenkins.plugins.azurestack.share;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.auth.AuthenticationContext;
import com.hierynomus.smbj.share.DiskShare;
import io.jenkins.plugins.azurestack.peer.Samba;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** A file on the share that somebody else has open. */
final class HeldFile implements AutoCloseable {
    private final SMBClient client = new SMBClient();

    /** @param others what whoever has it open lets others do meanwhile */
    HeldFile(final Samba samba, final String path, final Set<SMB2ShareAccess> others) throws IOException {
        final DiskShare share = (DiskShare) client.connect("127.0.0.1", samba.port())
                .authenticate(new AuthenticationContext(Samba.USER, ServedFolder.PASSWORD.toCharArray(), ""))
                .connectShare(Samba.SHARE);
        share.openFile(
                "Certificates\\" + path,
                EnumSet.of(AccessMask.FILE_READ_DATA),
                null,
                others,
                SMB2CreateDisposition.FILE_OPEN,
                null);
    }

    @Override
    public void close() {
        client.close();
    }
}
