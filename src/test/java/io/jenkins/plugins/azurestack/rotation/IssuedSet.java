package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.PfxWriter;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A set that the simulated stamp's own authority has issued, as the stamp wants it. */
final class IssuedSet implements CertificateSet {
    static final String PASSWORD = "Rotation1Set";

    private final Map<CertificateFolder, byte[]> files = new EnumMap<>(CertificateFolder.class);
    private final Map<CertificateFolder, String> fingerprints = new EnumMap<>(CertificateFolder.class);
    private final List<String> obstacles = new ArrayList<>();

    IssuedSet(final SimulatedStamp stamp) {
        for (final CertificateFolder folder : stamp.stamp().folders()) {
            final IssuedCertificate issued = stamp.issue(stamp.specimen(folder, 720));
            final List<X509Certificate> chain = new ArrayList<>(issued.chain());
            chain.add(stamp.authority().root());
            fingerprints.put(folder, sha256(issued.leaf()));
            files.put(
                    folder,
                    new PfxWriter(new SecureRandom())
                            .write(
                                    issued.key(),
                                    CertificateChain.of(chain),
                                    PASSWORD.toCharArray(),
                                    folder.folderName()));
        }
    }

    static String sha256(final X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void object(final String obstacle) {
        obstacles.add(obstacle);
    }

    @Override
    public Map<CertificateFolder, String> fingerprints() {
        return fingerprints;
    }

    @Override
    public List<String> obstacles() {
        return obstacles;
    }

    @Override
    public List<String> remarks() {
        return List.of();
    }

    @Override
    public byte[] pfx(final CertificateFolder folder) {
        return files.get(folder).clone();
    }

    @Override
    public void close() {
        files.values().forEach(file -> java.util.Arrays.fill(file, (byte) 0));
    }
}
