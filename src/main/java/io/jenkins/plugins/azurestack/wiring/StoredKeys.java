package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.KeyAndChain;
import io.jenkins.plugins.azurestack.certificate.PfxContents;
import io.jenkins.plugins.azurestack.certificate.PfxFile;
import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The private keys of a credential with their certificates. Stateless. */
final class StoredKeys {
    private static final String ADVICE =
            "Export the certificate again together with its private key, and store that under the same id.";

    private StoredKeys() {}

    /**
     * A key with its certificate, and whatever else lies beside it.
     *
     * @param pair the key, and the chain as far as the credential tells it
     * @param all every certificate of the credential
     */
    record Found(KeyAndChain pair, List<X509Certificate> all) {
        Found {
            all = List.copyOf(all);
        }
    }

    /**
     * The key that is wanted, or else the first.
     *
     * @param id of the credential, for messages
     * @throws NotSeenException if there is none; says why
     */
    static Found in(final CredentialLookup.Held held, final String id, final Predicate<CertificateChain> wanted)
            throws NotSeenException {
        final List<Found> found;
        try {
            found = held instanceof CredentialLookup.Held.Opened opened
                    ? ofKeyStore(opened.keyStore(), opened.password(), PfxFile.of(opened.keyStore()))
                    : ofFile((CredentialLookup.Held.File) held);
        } catch (UnreadablePfxException e) {
            throw new NotSeenException("credential '" + id + "': " + e.getMessage(), e.advice());
        } catch (GeneralSecurityException | IOException e) {
            final NotSeenException unusable = new NotSeenException(
                    "the private key in credential '" + id + "' can't be read: " + Text.printable(e.getMessage()),
                    ADVICE);
            unusable.initCause(e);
            throw unusable;
        }
        return Stream.concat(found.stream().filter(one -> wanted.test(one.pair().chain())), found.stream())
                .findFirst()
                .orElseThrow(() -> new NotSeenException(
                        "credential '" + id + "' holds no private key with its certificate", ADVICE));
    }

    /** Opens the file by our own reader first: that one bounds what a strange file can cost. */
    private static List<Found> ofFile(final CredentialLookup.Held.File file)
            throws UnreadablePfxException, GeneralSecurityException, IOException {
        final PfxFile read = PfxFile.of(PfxContents.open(file.content(), file.password()));
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(file.content()), file.password());
        return ofKeyStore(store, file.password(), read);
    }

    private static List<Found> ofKeyStore(final KeyStore store, final char[] password, final PfxFile read)
            throws GeneralSecurityException {
        final List<CertificateChain> chains = new ArrayList<>(read.chains());
        chains.addAll(read.chainsWithoutKey());
        final List<X509Certificate> all = new ArrayList<>(read.certificatesWithoutKey());
        read.chains().forEach(chain -> all.addAll(chain.certificates()));
        final List<Found> found = new ArrayList<>();
        for (final String alias : Collections.list(store.aliases())) {
            final Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
            if (key instanceof PrivateKey own) {
                all.addAll(x509(store.getCertificateChain(alias)));
                chainOf(own, chains).ifPresent(chain -> found.add(new Found(new KeyAndChain(own, chain), all)));
            }
        }
        return found;
    }

    private static Optional<CertificateChain> chainOf(final PrivateKey key, final List<CertificateChain> chains) {
        return chains.stream()
                .filter(chain -> KeyAndChain.fits(key, chain.leaf()))
                .findFirst();
    }

    private static List<X509Certificate> x509(final Certificate[] chain) {
        return chain == null
                ? List.of()
                : Arrays.stream(chain)
                        .filter(X509Certificate.class::isInstance)
                        .map(X509Certificate.class::cast)
                        .toList();
    }
}
