package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.certificate.PfxContents;
import io.jenkins.plugins.azurestack.certificate.PfxContents.KeyBag;
import io.jenkins.plugins.azurestack.certificate.PfxEncryption;
import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException;
import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The checks of how the file is made and of the key in it. */
final class FileChecks {
    private static final String SHA_1 = "SHA-1";

    private FileChecks() {}

    /** Looks from outside only, so that it can tell what is wrong with a file that does not open, too. */
    static Outcome encryption(final Candidate candidate) {
        if (candidate.outside().isEmpty()) {
            return Outcome.of(Reason.NOT_OPEN, "The check was skipped because the file is no whole PFX.");
        }
        final PfxContents contents = candidate.outside().get();
        final List<PfxEncryption> wrong = Stream.concat(
                        contents.encryptions().stream(),
                        contents.keys().stream().flatMap(key -> key.encryptions().stream()))
                .filter(encryption -> !encryption.equals(PfxEncryption.TRIPLE_DES_SHA1))
                .distinct()
                .toList();
        if (!wrong.isEmpty()) {
            return Outcome.of(
                    Reason.NOT_TRIPLE_DES,
                    "The file is encrypted with "
                            + wrong.stream().map(PfxEncryption::name).collect(Collectors.joining(" and "))
                            + ", where a stamp wants " + PfxEncryption.TRIPLE_DES_SHA1 + ".");
        }
        if (contents.keys().stream().anyMatch(key -> key.encryptions().isEmpty())) {
            return Outcome.of(Reason.KEY_NOT_ENCRYPTED, "The private key is not encrypted.");
        }
        final boolean otherMac =
                contents.integrity().filter(digest -> !digest.equals(SHA_1)).isPresent();
        if (otherMac) {
            return Outcome.of(
                    Reason.MAC_NOT_SHA1,
                    "The file's integrity is protected with "
                            + contents.integrity().get() + ", not with SHA-1.");
        }
        return Outcome.met(PfxEncryption.TRIPLE_DES_SHA1.name());
    }

    static Outcome parse(final Candidate candidate, final Map<ReadinessCheck, Outcome> earlier) {
        if (candidate.failure().isPresent()) {
            return unreadable(candidate.failure().get(), earlier);
        }
        final PfxContents contents = candidate.opened().orElseThrow().contents();
        if (contents.integrity().isEmpty()) {
            return Outcome.of(Reason.NO_INTEGRITY, "The file has no MAC, so nothing shows whether it was changed.");
        }
        if (contents.certificates().stream().anyMatch(bag -> bag.encryption().isEmpty())) {
            return Outcome.of(Reason.NOT_PRIVATE, "Only the private part of the file is protected by the password.");
        }
        return Outcome.met("The file opens, and the password protects all of it.");
    }

    private static Outcome unreadable(
            final UnreadablePfxException failure, final Map<ReadinessCheck, Outcome> earlier) {
        if (failure.kind() == Kind.WRONG_PASSWORD) {
            return Outcome.of(
                    Reason.INVALID_PASSWORD,
                    "The provided password for the certificate is not correct. " + failure.getMessage() + ".");
        }
        final boolean encryptionFailed =
                earlier.get(ReadinessCheck.PFX_ENCRYPTION).reason() == Reason.NOT_TRIPLE_DES;
        if (failure.kind() == Kind.UNSUPPORTED && encryptionFailed) {
            return Outcome.of(
                    Reason.UNKNOWN_ENCRYPTION,
                    "The check was skipped because the encryption is not known here. " + failure.getMessage() + ".");
        }
        return new Outcome(Reason.NOT_READABLE, failure.getMessage() + ".", failure.advice());
    }

    static Outcome privateKey(final Candidate.Opened opened) {
        final List<KeyBag> keys = opened.contents().keys();
        if (keys.isEmpty()) {
            return Outcome.of(Reason.NO_PRIVATE_KEY, "The certificate does not contain a private key.");
        }
        if (!opened.joined()) {
            return Outcome.of(
                    Reason.KEY_NOT_JOINED, "No local key id tells which certificate the private key belongs to.");
        }
        final List<KeyBag> fitting =
                keys.stream().filter(key -> key.fits(opened.leaf())).toList();
        if (fitting.isEmpty()) {
            return unfit(keys);
        }
        if (fitting.stream().noneMatch(KeyBag::localMachine)) {
            return Outcome.of(Reason.NOT_LOCAL_MACHINE, "The private key does not carry the local machine attribute.");
        }
        return Outcome.met("The private key is there, with the local machine attribute.");
    }

    private static Outcome unfit(final List<KeyBag> keys) {
        return keys.stream()
                .map(KeyBag::opening)
                .filter(PfxContents.Opening.Failed.class::isInstance)
                .map(PfxContents.Opening.Failed.class::cast)
                .findFirst()
                .map(failed -> Outcome.of(Reason.KEY_NOT_READABLE, "The file opens, but " + failed.reason() + "."))
                .orElseGet(() -> Outcome.of(
                        Reason.KEY_DOES_NOT_FIT, "The private key is that of another certificate, not of this one."));
    }
}
