package dev.logagent.dist.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The text of one configuration file. Immutable.
 *
 * @param label the file as the user would name it
 * @param text without a byte order mark
 * @param lines without their ends
 */
record SourceText(String label, String text, List<String> lines) {

    private static final int LARGEST = 4 << 20;

    static SourceText of(String label, String text) {
        return new SourceText(label, text, text.lines().toList());
    }

    /**
     * Reads a file that must be UTF-8; a byte order mark is skipped.
     *
     * @throws UnreadableException if it cannot be read, or is not text
     */
    static SourceText read(Path file, String label) throws UnreadableException {
        if (Files.isDirectory(file)) {
            String inside = Path.of(label).resolve(ConfigLocation.FILE_NAME).toString();
            throw unreadable(label, "is a directory, not a file", "name a file in it, such as '" + inside + "'");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException e) {
            throw unreadable(label, "no such file", null);
        } catch (AccessDeniedException e) {
            throw unreadable(label, "permission denied", "let the user who runs the agent read it");
        } catch (IOException e) {
            throw unreadable(label, "cannot be read: " + e.getMessage(), null);
        }
        if (bytes.length > LARGEST) {
            throw unreadable(label, "is larger than 4 MiB", "is this a configuration?");
        }
        return decode(bytes, label);
    }

    private static SourceText decode(byte[] bytes, String label) throws UnreadableException {
        if (bytes.length >= 2 && (bytes[0] ^ bytes[1]) == 1 && (bytes[0] == -1 || bytes[1] == -1)) {
            throw unreadable(label, "is UTF-16, and must be UTF-8", "save it as UTF-8");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        SourceText source = of(label, text.startsWith("\uFEFF") ? text.substring(1) : text);
        if (result.isError()) {
            String good = source.text();
            int line = (int) good.chars().filter(c -> c == '\n').count() + 1;
            int start = good.lastIndexOf('\n') + 1;
            int column = good.codePointCount(start, good.length()) + 1;
            String message = String.format(
                    Locale.ROOT, "not UTF-8: found the byte 0x%02X", Byte.toUnsignedInt(bytes[in.position()]));
            SourceText shown = of(label, good + "\uFFFD");
            throw new UnreadableException(
                    Finding.at(shown, new Span(line, column, 1), message, "save the file as UTF-8"));
        }
        return source;
    }

    private static UnreadableException unreadable(String label, String message, @Nullable String hint) {
        return new UnreadableException(Finding.ofFile(label, message, hint));
    }

    /** The line of that number, from 1; empty if there is none. */
    String line(int number) {
        return number < 1 || number > lines.size() ? "" : lines.get(number - 1);
    }

    /** The key or table header that begins there. */
    Span key(int line, int column) {
        return span(line, column, TomlLexis.endOfKey(line(line), index(line, column)));
    }

    /** The value that begins there, as far as it is on that line. */
    Span value(int line, int column) {
        return span(line, column, TomlLexis.endOfValue(line(line), index(line, column)));
    }

    private Span span(int line, int column, int end) {
        int from = index(line, column);
        return new Span(line, column, end <= from ? 1 : line(line).codePointCount(from, end));
    }

    /** Where the character of that column begins in its line; the parser counts code points. */
    int index(int line, int column) {
        String text = line(line);
        return column - 1 >= text.codePointCount(0, text.length())
                ? text.length()
                : text.offsetByCodePoints(0, column - 1);
    }

    /** A file that cannot be read, or is not text. */
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Finding finding;

        UnreadableException(Finding finding) {
            super(finding.message());
            this.finding = finding;
        }

        Finding finding() {
            return finding;
        }
    }
}
