package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.certificate.request.KeyLength;
import io.jenkins.plugins.azurestack.certificate.request.RequestSubject;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of {@code azsCertificateRequests} as somebody wrote them, checked alone and together.
 *
 * @param folders names of the folders that are meant; none for all that the stamp rotates
 * @param subject of all requests; empty to clone that of the portal's certificate
 * @param keyLength bits of new keys: 2048 or 4096; 0 for what is cloned, or 2048
 * @param clientAuthentication whether requests ask for client authentication besides
 * @param newKeys names of the folders whose pending keys are set aside for new ones
 * @param issued what an authority issued: PEM texts, or files of the workspace; none to make requests
 */
public record CertificateRequestsArguments(
        List<String> folders,
        String subject,
        int keyLength,
        boolean clientAuthentication,
        List<String> newKeys,
        List<String> issued) {
    private static final String PEM = "-----BEGIN ";
    private static final int LONGEST_PATH = 500;

    /** @throws Rejected naming the argument that cannot be used, or not with the others */
    public CertificateRequestsArguments {
        folders = texts(folders);
        subject = subject == null ? "" : subject.trim();
        newKeys = texts(newKeys);
        issued = texts(issued);
        final Set<CertificateFolder> meant = named("folders", folders);
        final Set<CertificateFolder> renewed = named("newKeys", newKeys);
        if (!meant.isEmpty() && !meant.containsAll(renewed)) {
            throw new Rejected("newKeys", "names a folder that folders leaves out; give it in both");
        }
        RequestSubject.parse(subject);
        length(keyLength);
        issued.forEach(CertificateRequestsArguments::requireIssued);
        if (!issued.isEmpty() && (!subject.isEmpty() || keyLength != 0 || clientAuthentication || !newKeys.isEmpty())) {
            throw new Rejected(
                    "issued",
                    "is joined with keys that are there already; subject, keyLength, clientAuthentication and newKeys"
                            + " belong to the step that makes the requests");
        }
    }

    private static List<String> texts(final List<String> values) {
        return values == null
                ? List.of()
                : values.stream()
                        .map(value -> value == null ? "" : value.trim())
                        .filter(value -> !value.isEmpty())
                        .toList();
    }

    private static Set<CertificateFolder> named(final String field, final Collection<String> names) {
        final Set<CertificateFolder> folders = EnumSet.noneOf(CertificateFolder.class);
        for (final String name : names) {
            folders.add(CertificateFolder.named(name)
                    .orElseThrow(() -> new Rejected(
                            field,
                            "'" + Text.printable(name) + "' is not one of "
                                    + String.join(", ", CertificateFolder.allNames()))));
        }
        return Collections.unmodifiableSet(folders);
    }

    private static Optional<KeyLength> length(final int bits) {
        if (bits == 0) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(KeyLength.values())
                .filter(length -> length.bits() == bits)
                .findFirst()
                .orElseThrow(() -> new Rejected("keyLength", bits + " is not 2048 or 4096")));
    }

    private static void requireIssued(final String text) {
        if (text.contains("PRIVATE KEY")) {
            throw new Rejected(
                    "issued",
                    "holds a private key, which belongs in no argument of a build; give certificates only, and regard"
                            + " that key as known to others");
        }
        if (!isPem(text)
                && (text.length() > LONGEST_PATH
                        || !text.equals(Text.printable(text))
                        || text.startsWith("/")
                        || text.startsWith("\\")
                        || text.contains(":")
                        || Arrays.asList(text.split("[/\\\\]")).contains(".."))) {
            throw new Rejected(
                    "issued",
                    "'" + Text.printable(text) + "' is neither PEM text nor a path inside the workspace, such as"
                            + " 'issued/portal.cer'");
        }
    }

    /** Whether one of {@link #issued} is the certificates themselves, and not the path of their file. */
    static boolean isPem(final String text) {
        return text.contains(PEM);
    }

    /** Whether issued certificates are to be joined with their keys. */
    public boolean isJoin() {
        return !issued.isEmpty();
    }

    Set<CertificateFolder> meant() {
        return named("folders", folders);
    }

    Set<CertificateFolder> renewed() {
        return named("newKeys", newKeys);
    }

    Optional<KeyLength> length() {
        return length(keyLength);
    }
}
