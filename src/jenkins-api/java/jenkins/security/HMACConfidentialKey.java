package jenkins.security;

public class HMACConfidentialKey extends ConfidentialKey {
    public HMACConfidentialKey(@SuppressWarnings("rawtypes") Class owner, String shortName) {
        super(shortName);
    }

    public synchronized byte[] mac(byte[] message) {
        throw new UnsupportedOperationException();
    }
}
