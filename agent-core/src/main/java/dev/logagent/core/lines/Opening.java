package dev.logagent.core.lines;

import dev.logagent.api.FileInfo;
import java.util.Arrays;

/** What a file begins with, as far as it was looked at; none of it was handed over. Immutable; its bytes are shared, not copied. */
public final class Opening {

    /** Of no file. */
    public static final Opening NONE = new Opening(new FileInfo("", 0), new byte[0]);

    private final FileInfo file;
    private final byte[] bytes;

    public Opening(FileInfo file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    public FileInfo file() {
        return file;
    }

    /** The bytes from the beginning of the file on; empty if there is nothing to look at. */
    public byte[] bytes() {
        return bytes;
    }

    /** A copy of {@code block[from .. to)} with it behind. */
    byte[] after(byte[] block, int from, int to) {
        byte[] both = Arrays.copyOfRange(block, from, to + bytes.length);
        System.arraycopy(bytes, 0, both, to - from, bytes.length);
        return both;
    }
}
