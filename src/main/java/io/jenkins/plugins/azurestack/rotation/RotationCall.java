package io.jenkins.plugins.azurestack.rotation;

import java.util.Objects;
import java.util.Optional;

/**
 * The one call that begins a rotation, exactly as it is sent; the secrets that go with it are the caller's affair.
 *
 * @param scope what is rotated
 * @param rerun whether it goes on from a failed attempt
 * @param share the UNC path of the certificate share, whose last element is {@code Certificates}; for a first external
 *     attempt only
 */
public record RotationCall(RotationScope scope, boolean rerun, Optional<String> share) {
    public RotationCall {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(share, "share");
        if (share.isPresent() != (scope == RotationScope.EXTERNAL && !rerun)) {
            throw new IllegalArgumentException("A share belongs to a first external attempt, and to no other call");
        }
    }

    /** The call for a first attempt. */
    public static RotationCall first(final RotationScope scope, final Optional<String> share) {
        return new RotationCall(scope, false, scope == RotationScope.EXTERNAL ? share : Optional.empty());
    }

    /** The call that goes on from a failed attempt of a scope: neither path nor password goes with it. */
    public static RotationCall again(final RotationScope scope) {
        return new RotationCall(scope, true, Optional.empty());
    }

    /** As one would type it, with a word in place of each secret. */
    public String text() {
        final StringBuilder text = new StringBuilder("Start-SecretRotation");
        share.ifPresent(path -> text.append(" -PfxFilesPath '")
                .append(path)
                .append("' -PathAccessCredential <share> -CertificatePassword <set>"));
        if (scope == RotationScope.INTERNAL) {
            text.append(" -Internal");
        }
        return rerun ? text.append(" -ReRun").toString() : text.toString();
    }
}
