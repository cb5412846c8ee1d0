package io.jenkins.plugins.azurestack.expiry;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.Objects;

/** What one look at one target showed. */
public sealed interface Sighting {
    /** Where the look went. */
    Target target();

    /**
     * A certificate was there.
     *
     * @param host the name under which it was asked for, which it should cover; empty where no name was asked for
     * @param chain what came along
     */
    record Certificate(Target target, String host, CertificateChain chain) implements Sighting {
        public Certificate {
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(chain, "chain");
        }
    }

    /**
     * Nothing could be seen, which is never good news.
     *
     * @param reason what happened, one line
     * @param advice what to do next, one line
     */
    record Unknown(Target target, String reason, String advice) implements Sighting {
        public Unknown {
            Objects.requireNonNull(target, "target");
            reason = Text.printable(reason);
            advice = Text.printable(advice);
        }
    }
}
