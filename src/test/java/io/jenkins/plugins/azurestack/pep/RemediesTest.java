package io.jenkins.plugins.azurestack.pep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.Test;

public class RemediesTest {
    @Test
    public void everyDocumentedErrorHasItsRemedy() {
        final Map<String, String> remedies = new LinkedHashMap<>();
        remedies.put("Cannot bind argument to parameter 'Path' because it is null.", "AAD or ADFS");
        remedies.put("The provided password for the certificate is not correct", "One password");
        remedies.put("The certificate does not contain a private key", "with its key");
        remedies.put("NoChainOfTrust", "all certificates of its path");
        remedies.put("The certificate is self signed", "issued by an authority");
        remedies.put("The syntax is disallowed. ScriptsNotAllowed", "single commands");
        remedies.put("The term 'x' is not recognized. CommandNotFoundException", "does not have that cmdlet");
        remedies.put("Access is denied.", "read and write the share");
        remedies.forEach((words, remedy) -> assertThat(Remedies.of(words))
                .as(words)
                .hasValueSatisfying(advice -> assertThat(advice).contains(remedy)));
    }

    @Test
    public void capitalsDoNotMatter() {
        assertThat(Remedies.of("ACCESS IS DENIED")).isPresent();
    }

    @Test
    public void nothingIsMadeUpForAnErrorThatNobodyKnows() {
        assertThat(Remedies.of("The operation did not complete on every role instance."))
                .isEmpty();
        assertThat(Remedies.of("")).isEmpty();
    }
}
