package io.jenkins.plugins.azurestack.jenkins.tunnel;

/** Bytes in order, up to a number that never grows. Used under its owner's lock. */
final class Ring {
    private final byte[] bytes;
    private int first;
    private int size;

    Ring(final int capacity) {
        this.bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    int room() {
        return bytes.length - size;
    }

    /** Takes as many in as there is room for. */
    int put(final byte[] from, final int offset, final int length) {
        final int taken = Math.min(length, room());
        final int at = (first + size) % bytes.length;
        final int straight = Math.min(taken, bytes.length - at);
        System.arraycopy(from, offset, bytes, at, straight);
        System.arraycopy(from, offset + straight, bytes, 0, taken - straight);
        size += taken;
        return taken;
    }

    /** Gives as many out as there are. */
    int take(final byte[] to, final int offset, final int length) {
        final int given = Math.min(length, size);
        final int straight = Math.min(given, bytes.length - first);
        System.arraycopy(bytes, first, to, offset, straight);
        System.arraycopy(bytes, 0, to, offset + straight, given - straight);
        first = (first + given) % bytes.length;
        size -= given;
        return given;
    }
}
