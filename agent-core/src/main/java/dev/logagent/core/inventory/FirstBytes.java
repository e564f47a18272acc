package dev.logagent.core.inventory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The beginning of a file, and whether it is text that consists of lines. */
final class FirstBytes {

    static final String BINARY = "binary";

    private static final int SAMPLE_BYTES = 4096;

    private static final int ENOUGH_BYTES = 1024;

    /** Text has hardly any control characters; a log may have a few, from terminals. */
    private static final int TEXT_PER_CONTROL = 32;

    private static final Map<String, String> MAGIC = Map.of(
            "\u001f\u008b", NameVerdict.COMPRESSED,
            "\u00fd7zXZ", NameVerdict.COMPRESSED,
            "(\u00b5/\u00fd", NameVerdict.COMPRESSED,
            "BZh", NameVerdict.COMPRESSED,
            "PK\u0003\u0004", NameVerdict.COMPRESSED,
            "LPKSHHRH", NameVerdict.JOURNAL,
            "SQLite format 3", "a database",
            "\u007fELF", BINARY,
            "\u00ff\u00fe", "UTF-16: name it in [[sources]], with its encoding",
            "\u00fe\u00ff", "UTF-16: name it in [[sources]], with its encoding");

    /** Those of a file that cannot be read. */
    static final FirstBytes NONE = new FirstBytes(new byte[0], true);

    private final byte[] bytes;
    private final boolean isWhole;

    private FirstBytes(byte[] bytes, boolean isWhole) {
        this.bytes = bytes;
        this.isWhole = isWhole;
    }

    static FirstBytes of(Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(SAMPLE_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int read = 0;
            while (read >= 0 && buffer.hasRemaining()) {
                read = channel.read(buffer);
            }
        }
        return new FirstBytes(Arrays.copyOf(buffer.array(), buffer.position()), buffer.hasRemaining());
    }

    /** The bytes themselves. Must not be written to. */
    byte[] bytes() {
        return bytes;
    }

    /** Whether more bytes would hardly show more. */
    boolean isLong() {
        return bytes.length >= ENOUGH_BYTES;
    }

    /** Why these are no lines of a log, or null if they may be. */
    @Nullable String verdict(String name) {
        String start = new String(bytes, 0, Math.min(16, bytes.length), StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> magic : MAGIC.entrySet()) {
            if (start.startsWith(magic.getKey())) {
                return magic.getValue();
            }
        }
        int controls = 0;
        for (byte b : bytes) {
            if (b == 0) {
                return BINARY;
            }
            if (b > 0 && b < ' ' && "\t\n\r\f\b\u001b".indexOf(b) < 0) {
                controls++;
            }
        }
        if (controls * TEXT_PER_CONTROL > bytes.length) {
            return BINARY;
        }
        return name.toLowerCase(Locale.ROOT).endsWith(".json") && !hasJsonLine() ? "a document, not lines" : null;
    }

    /** Whether the first line is a JSON object on its own, as those of logs are. */
    private boolean hasJsonLine() {
        if (bytes.length == 0) {
            return true;
        }
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        boolean cut = end == bytes.length && !isWhole;
        return bytes[0] == '{' && (cut || (end > 1 && end < bytes.length && bytes[end - 1] == '}'));
    }
}
