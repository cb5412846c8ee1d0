package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.remoting.Cmdlet;
import io.jenkins.plugins.azurestack.simulator.remoting.Invocation;
import io.jenkins.plugins.azurestack.simulator.remoting.Streams;
import io.jenkins.plugins.azurestack.simulator.remoting.TerminatingError;
import io.jenkins.plugins.azurestack.simulator.world.CertificateShare;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** {@code Close-PrivilegedEndpoint}: moves every transcript of its endpoint to a share, those of earlier sessions too. */
final class ClosePrivilegedEndpoint implements Cmdlet {
    private static final String DESTINATION = "TranscriptsPathDestination";
    private static final String CREDENTIAL = "Credential";

    private final CertificateShare share;
    private final Transcripts transcripts;

    ClosePrivilegedEndpoint(final CertificateShare share, final Transcripts transcripts) {
        this.share = share;
        this.transcripts = transcripts;
    }

    @Override
    public String name() {
        return "Close-PrivilegedEndpoint";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.value(DESTINATION, "System.String").required().at(0),
                Parameter.credential(CREDENTIAL).required().at(1));
    }

    @Override
    public void run(final Invocation invocation, final Streams streams) throws TerminatingError {
        final String path = invocation.text(DESTINATION).orElseThrow(() -> Errors.nullArgument(DESTINATION, name()));
        final Invocation.Credential credential =
                invocation.credential(CREDENTIAL).orElseThrow(() -> Errors.nullArgument(CREDENTIAL, name()));
        try {
            transcripts.move(invocation.host(), share.open(path, credential.userName(), credential.password()));
        } catch (IOException e) {
            throw Errors.noDrive(String.valueOf(e.getMessage()));
        } finally {
            Arrays.fill(credential.password(), '\0');
        }
    }
}
