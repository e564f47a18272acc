package dev.logagent.core.lines;

import dev.logagent.api.LineRun;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How the bytes of a text stand for characters, where they are not UTF-8. Offsets stay those of the bytes; what lines say is
 * converted to UTF-8. Immutable.
 */
public final class TextEncoding {

    private static final int MARK = '\ufeff';
    private static final byte LOW_MARK = (byte) 0xff;
    private static final byte HIGH_MARK = (byte) 0xfe;

    private final Charset charset;
    private final boolean isWide;
    private final boolean hasShifts;

    /** @param charset one of UTF-16, or one in which the byte of a newline never means anything else */
    public TextEncoding(Charset charset) {
        this.charset = charset;
        this.isWide = charset.name().startsWith("UTF-16");
        // Its plain-looking bytes may stand for something else, after an escape.
        this.hasShifts = charset.name().contains("2022");
    }

    /** The encoding, or null for UTF-8, which needs none. */
    public static @Nullable TextEncoding of(@Nullable Charset charset) {
        return charset == null ? null : new TextEncoding(charset);
    }

    /** Whether a character takes two bytes at least. */
    public boolean isWide() {
        return isWide;
    }

    /** The encoding of a text that begins with these bytes: a mark may tell the order of bytes. */
    TextEncoding ofTextBeginningWith(byte[] bytes, int from, int to) {
        if (!charset.equals(StandardCharsets.UTF_16)) {
            return this;
        }
        boolean isBig = to - from >= 2 && bytes[from] == HIGH_MARK && bytes[from + 1] == LOW_MARK;
        return new TextEncoding(isBig ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
    }

    /** Whether the pair of bytes at {@code at} is a newline. */
    boolean isNewline(byte[] bytes, int at) {
        boolean isBig = charset.equals(StandardCharsets.UTF_16BE);
        return bytes[isBig ? at + 1 : at] == '\n' && bytes[isBig ? at : at + 1] == 0;
    }

    /** The last position at or before {@code cut} that does not split a character of the text that begins at {@code from}. */
    int boundaryBefore(byte[] bytes, int from, int cut) {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, cut - from);
        CharBuffer out = CharBuffer.allocate(cut - from + 1);
        charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .decode(in, out, false);
        return in.position() > from ? in.position() : cut;
    }

    /** The run with its lines as UTF-8. */
    LineRun decoded(LineRun run) {
        byte[] @Nullable [] texts = new byte[run.count()][];
        for (int line = 0; line < run.count(); line++) {
            texts[line] = isWide ? wide(run, line) : narrow(run, line);
        }
        return run.rewritten(texts);
    }

    private byte @Nullable [] narrow(LineRun run, int line) {
        byte[] bytes = run.bytes(line);
        int start = run.start(line);
        int end = run.end(line);
        return isAscii(bytes, start, end)
                ? null
                : new String(bytes, start, end - start, charset).getBytes(StandardCharsets.UTF_8);
    }

    private boolean isAscii(byte[] bytes, int start, int end) {
        boolean is = !hasShifts;
        for (int at = start; at < end && is; at++) {
            is = bytes[at] >= 0;
        }
        return is;
    }

    private byte[] wide(LineRun run, int line) {
        int start = run.start(line);
        int end = run.start(0) + run.byteCount(line + 1);
        // A byte alone is what is left of a character before the place where reading began.
        int stray = (int) (run.offset(line) & 1);
        String text = new String(run.bytes(line), start + stray, Math.max(0, end - start - stray), charset);
        boolean isMarked = run.offset(line) == 0 && !text.isEmpty() && text.charAt(0) == MARK;
        int from = isMarked ? 1 : 0;
        int to = text.length();
        if (to > from && text.charAt(to - 1) == '\n') {
            to--;
            if (to > from && text.charAt(to - 1) == '\r') {
                to--;
            }
        }
        return text.substring(from, to).getBytes(StandardCharsets.UTF_8);
    }
}
