package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.certificate.request.JoinedCertificate;
import io.jenkins.plugins.azurestack.certificate.request.PendingRequest;
import io.jenkins.plugins.azurestack.certificate.request.RequestRules;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Certificate requests, and what became of them, as maps of strings, whole numbers, booleans and lists: what Pipeline and
 * JSON get. Every field is always there. All is mutable and serialisable, and holds no key. Stateless.
 */
public final class RequestsMap {
    private static final long SCHEMA = 1;

    private RequestsMap() {}

    /** The requests of a stamp. */
    public static Map<String, Object> requests(
            final Stamp stamp,
            final RequestRules rules,
            final List<PendingRequest> requests,
            final List<String> warnings) {
        final Map<String, Object> map = map(stamp, "requests", summary(stamp, requests));
        map.put("subject", rules.subject().toString());
        map.put("requests", list(requests.stream().map(RequestsMap::request).toList()));
        map.put("certificates", new ArrayList<>());
        map.put(
                "waiting",
                list(requests.stream()
                        .map(pending ->
                                (Object) pending.request().folders().get(0).folderName())
                        .toList()));
        map.put("warnings", new ArrayList<Object>(warnings));
        map.put("files", new ArrayList<>());
        return map;
    }

    /** The certificates that are in the credentials store now. */
    public static Map<String, Object> joined(
            final Stamp stamp,
            final List<JoinedCertificate> joined,
            final Collection<CertificateFolder> waiting,
            final List<String> warnings) {
        final Map<String, Object> map = map(stamp, "joined", summary(stamp, joined, waiting));
        map.put("subject", "");
        map.put("requests", new ArrayList<>());
        map.put(
                "certificates",
                list(joined.stream().map(RequestsMap::certificate).toList()));
        map.put(
                "waiting",
                list(waiting.stream()
                        .map(folder -> (Object) folder.folderName())
                        .toList()));
        map.put("warnings", new ArrayList<Object>(warnings));
        map.put("files", new ArrayList<>());
        return map;
    }

    private static Map<String, Object> map(final Stamp stamp, final String kind, final String summary) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("schema", SCHEMA);
        map.put("kind", kind);
        map.put("stamp", stamp.name());
        map.put("domain", stamp.domain());
        map.put("summary", summary);
        return map;
    }

    private static ArrayList<Object> list(final List<?> values) {
        return new ArrayList<>(values);
    }

    private static Map<String, Object> request(final PendingRequest pending) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("folder", pending.request().folders().get(0).folderName());
        map.put("file", pending.request().fileName());
        map.put("names", list(pending.request().dnsNames()));
        map.put(
                "keyLength",
                pending.request().key() instanceof RSAKey key
                        ? (long) key.getModulus().bitLength()
                        : 0L);
        map.put("again", pending.again());
        map.put("keyCredentialsId", pending.keyId());
        map.put("passphraseCredentialsId", pending.passphraseId());
        map.put("pem", new String(pending.request().pem(), StandardCharsets.US_ASCII));
        return map;
    }

    private static Map<String, Object> certificate(final JoinedCertificate joined) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("folder", joined.folder().folderName());
        map.put("credentialsId", joined.credentialsId());
        map.put("subject", joined.chain().subject());
        map.put("fingerprint", joined.chain().fingerprint());
        map.put("notAfter", joined.chain().leaf().getNotAfter().toInstant().toString());
        map.put("written", joined.written());
        return map;
    }

    static String summary(final Stamp stamp, final List<PendingRequest> requests) {
        final long again = requests.stream().filter(PendingRequest::again).count();
        return requests.size() + " certificate requests for stamp " + stamp.name() + ": " + (requests.size() - again)
                + " with new keys, " + again + " with keys that were pending";
    }

    static String summary(
            final Stamp stamp, final List<JoinedCertificate> joined, final Collection<CertificateFolder> waiting) {
        final long written = joined.stream().filter(JoinedCertificate::written).count();
        return joined.size() + " certificates of stamp " + stamp.name() + " joined with their keys: " + written
                + " written, " + (joined.size() - written) + " there already; " + waiting.size()
                + " keys still waiting";
    }
}
