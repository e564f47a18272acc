package dev.logagent.core.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Bytes} has written. Runs into the end of the buffer, or gives nonsense, where something else stands. */
final class Fields {

    private final ByteBuffer in;

    Fields(ByteBuffer in) {
        this.in = in;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }

    /** A number of things that take at least one byte each. */
    int count() {
        long value = number();
        if (value < 0 || value > in.limit()) {
            throw new IllegalArgumentException(value + " of something");
        }
        return (int) value;
    }

    long fixed() {
        return in.getLong();
    }

    String text() {
        return new String(raw(count()), StandardCharsets.UTF_8);
    }

    @Nullable String optionalText() {
        return number() == 0 ? null : text();
    }

    byte[] raw(int length) {
        if (length > in.remaining()) {
            throw new IllegalArgumentException("only " + in.remaining() + " bytes of " + length);
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
