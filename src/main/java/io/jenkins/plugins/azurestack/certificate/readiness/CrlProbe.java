package io.jenkins.plugins.azurestack.certificate.readiness;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Fetches a revocation list. What answers here need not answer the stamp, so every answer says from where it was asked
 * for.
 */
@FunctionalInterface
public interface CrlProbe {
    /**
     * Asks once.
     *
     * @param url with scheme {@code http}
     * @throws InterruptedException as soon as the thread is interrupted
     */
    Answer ask(URI url) throws InterruptedException;

    /** Asks another probe, and each URL once only: the certificates of a set have the same one. For one thread. */
    static CrlProbe remembering(final CrlProbe other) {
        final Map<URI, Answer> answers = new HashMap<>();
        return url -> {
            final Answer known = answers.get(url);
            if (known != null) {
                return known;
            }
            final Answer answer = other.ask(url);
            answers.put(url, answer);
            return answer;
        };
    }

    /**
     * What came of asking.
     *
     * @param from where it was asked from, as part of a sentence: {@code the Jenkins controller}
     */
    record Answer(String from, Result result) {
        public Answer {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(result, "result");
        }
    }

    /** What a web server said, if any. */
    sealed interface Result {
        /** It gave a file; {@code content} is not to be changed. */
        record Served(byte[] content) implements Result {}

        /** It began to give more bytes than anyone should take. */
        record TooLarge(long limit) implements Result {}

        /** It gave nothing; {@code reason} is part of a sentence. */
        record Failed(String reason) implements Result {}
    }
}
