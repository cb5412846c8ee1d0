package io.jenkins.plugins.azurestack.expiry;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** What one look at one target showed. */
public sealed interface Sighting {
    /** So many characters of a sentence are kept. */
    int LONGEST = 800;

    /** Where the look went. */
    Target target();

    /** When what was seen or told of ends; empty where that is not known. */
    Optional<Instant> ends();

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

        @Override
        public Optional<Instant> ends() {
            return Optional.of(chain.notAfter());
        }
    }

    /**
     * Somebody told of something that ends, without showing it: an alert of the stamp, a list, a setting.
     *
     * @param name what it is, in the operator's words; the same from run to run
     * @param thumbprint its upper-case SHA-1, by which it is known again when it is seen; empty if it was not told or if
     *     it is no certificate
     * @param ends when it ends, if that was told
     * @param severity how much it matters by the teller's word: decides where no date is known
     * @param served whether it is told to be a certificate that the stamp serves
     * @param words what else was told, one line; may be empty
     * @param advice what to do about it, one line; may be empty
     */
    record Told(
            Target target,
            String name,
            String thumbprint,
            Optional<Instant> ends,
            Severity severity,
            boolean served,
            String words,
            String advice)
            implements Sighting {
        public Told {
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(ends, "ends");
            Objects.requireNonNull(severity, "severity");
            thumbprint = thumbprint.toUpperCase(Locale.ROOT);
            name = Text.printable(name);
            words = Text.printable(words, LONGEST);
            advice = Text.printable(advice, LONGEST);
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
            reason = Text.printable(reason, LONGEST);
            advice = Text.printable(advice, LONGEST);
        }

        @Override
        public Optional<Instant> ends() {
            return Optional.empty();
        }
    }
}
