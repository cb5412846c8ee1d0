package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlException;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlWriter;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;

/** The base64 text of a sealed secure string. */
final class SealedText {
    private SealedText() {}

    static String of(PsSecureString sealed) {
        try {
            return new CliXmlWriter().writeString(sealed).replaceAll("<[^>]*>", "");
        } catch (CliXmlException e) {
            return "open";
        }
    }
}
