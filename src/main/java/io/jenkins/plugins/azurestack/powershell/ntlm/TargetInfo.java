package io.jenkins.plugins.azurestack.powershell.ntlm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The attributes that server and client exchange about themselves (AV_PAIRs, MS-NLMP 2.2.2.1). Immutable. */
public final class TargetInfo {

    /** End of the list. */
    private static final int EOL = 0;
    /** NetBIOS name of the server. */
    public static final int NB_COMPUTER_NAME = 1;
    /** NetBIOS name of the server's domain. */
    public static final int NB_DOMAIN_NAME = 2;
    /** Flags; bit 1 says that the client's message carries a MIC. */
    public static final int FLAGS = 6;
    /** The server's time, as a FILETIME. */
    public static final int TIMESTAMP = 7;
    /** The name of the service that the client wants. */
    public static final int TARGET_NAME = 9;
    /** MD5 of the channel bindings, or zeros. */
    public static final int CHANNEL_BINDINGS = 10;

    /** 1601-01-01T00:00:00Z, where FILETIME begins. */
    private static final Instant FILETIME_EPOCH = Instant.ofEpochSecond(-11_644_473_600L);

    private final Map<Integer, byte[]> pairs;

    private TargetInfo(final Map<Integer, byte[]> pairs) {
        this.pairs = pairs;
    }

    /** @return without any attribute */
    public static TargetInfo empty() {
        return new TargetInfo(new LinkedHashMap<>());
    }

    /**
     * @param bytes a list of pairs with its end mark
     * @throws NtlmException if a pair reaches beyond the end, or the end mark is missing
     */
    public static TargetInfo parse(final byte[] bytes) throws NtlmException {
        final ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final Map<Integer, byte[]> pairs = new LinkedHashMap<>();
        while (in.remaining() >= 4) {
            final int id = Short.toUnsignedInt(in.getShort());
            final int length = Short.toUnsignedInt(in.getShort());
            if (id == EOL) {
                return new TargetInfo(pairs);
            }
            if (length > in.remaining()) {
                throw new NtlmException("NTLM target information is cut off");
            }
            final byte[] value = new byte[length];
            in.get(value);
            pairs.put(id, value);
        }
        throw new NtlmException("NTLM target information has no end");
    }

    /** @return the same with one attribute set or replaced; the value is copied */
    public TargetInfo with(final int id, final byte[] value) {
        final Map<Integer, byte[]> more = new LinkedHashMap<>(pairs);
        more.put(id, value.clone());
        return new TargetInfo(more);
    }

    /** @return a copy of an attribute's value */
    public Optional<byte[]> get(final int id) {
        return Optional.ofNullable(pairs.get(id)).map(byte[]::clone);
    }

    /** @return the server's clock at the time of its challenge, if it says so */
    public Optional<Instant> timestamp() {
        final byte[] value = pairs.get(TIMESTAMP);
        return value == null || value.length != 8
                ? Optional.empty()
                : Optional.of(instant(
                        ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong()));
    }

    /** @return the list of pairs, with its end mark */
    public byte[] bytes() {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        pairs.forEach((id, value) -> {
            out.writeBytes(Bytes.u16(id));
            out.writeBytes(Bytes.u16(value.length));
            out.writeBytes(value);
        });
        out.writeBytes(new byte[4]);
        return out.toByteArray();
    }

    private static Instant instant(final long fileTime) {
        return FILETIME_EPOCH
                .plusSeconds(Math.floorDiv(fileTime, 10_000_000L))
                .plusNanos(Math.floorMod(fileTime, 10_000_000L) * 100);
    }

    /** @return 8 bytes: hundreds of nanoseconds since 1601, little-endian */
    public static byte[] fileTime(final Instant time) {
        final long seconds = time.getEpochSecond() - FILETIME_EPOCH.getEpochSecond();
        return Bytes.u64(seconds * 10_000_000L + time.getNano() / 100);
    }
}
