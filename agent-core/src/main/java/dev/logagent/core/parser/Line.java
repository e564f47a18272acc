package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.Level;
import dev.logagent.api.ParsedLines;
import dev.logagent.api.ParsedLinesBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A line that is being parsed: a place in its bytes, the piece that was read last, and what has been found. Methods that
 * give false have not moved. Confined to one thread, and used for one line after the other.
 */
final class Line {

    private final ParsedLinesBuilder found;
    private final TimeReader times;
    private byte[] bytes = {};
    private int start;
    private int at;
    private int end;
    private int from;
    private int to;
    private boolean isSeveral;

    Line(ParsedLinesBuilder found, TimeReader times) {
        this.found = found;
        this.times = times;
    }

    /** Begins with a line. */
    void begin(byte[] source, int lineStart, int lineEnd) {
        found.begin(source, lineStart, lineEnd);
        isSeveral = Bytes.indexOf(source, lineStart, lineEnd, '\n') >= 0;
        look(source, lineStart, lineEnd);
    }

    /** Goes on with other bytes, keeping what was found: with a line inside the line. */
    void look(byte[] source, int lineStart, int lineEnd) {
        bytes = source;
        start = lineStart;
        at = lineStart;
        end = lineEnd;
        from = at;
        to = at;
    }

    /** Forgets what was found and goes back to the start. Gives true. */
    boolean again() {
        found.clear();
        at = start;
        return true;
    }

    /** Whether it is an event of several lines of its file. */
    boolean isSeveral() {
        return isSeveral;
    }

    ParsedLinesBuilder found() {
        return found;
    }

    TimeReader times() {
        return times;
    }

    byte[] bytes() {
        return bytes;
    }

    int at() {
        return at;
    }

    void at(int place) {
        at = place;
    }

    int end() {
        return end;
    }

    /** Where the piece that was read last starts. */
    int from() {
        return from;
    }

    /** Where the piece that was read last ends. */
    int to() {
        return to;
    }

    /** Makes something else the piece that was read last. */
    void piece(int pieceStart, int pieceEnd) {
        from = pieceStart;
        to = pieceEnd;
    }

    boolean isAtEnd() {
        return at >= end;
    }

    /** The byte that comes next, or one further on; -1 at the end. */
    int peek(int ahead) {
        return at + ahead < end ? bytes[at + ahead] : -1;
    }

    boolean skip(char c) {
        if (at < end && bytes[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    boolean skip(String ascii) {
        if (!startsWith(ascii)) {
            return false;
        }
        at += ascii.length();
        return true;
    }

    boolean startsWith(String ascii) {
        return Bytes.startWith(bytes, at, end, ascii);
    }

    void skipSpaces() {
        while (at < end && bytes[at] == ' ') {
            at++;
        }
    }

    /** Reads up to the character, which is passed over. */
    boolean until(char c) {
        int place = Bytes.indexOf(bytes, at, end, c);
        if (place < 0) {
            return false;
        }
        from = at;
        to = place;
        at = place + 1;
        return true;
    }

    /** Reads up to the text, which is passed over. */
    boolean until(String ascii) {
        for (int i = at; i + ascii.length() <= end; i++) {
            if (bytes[i] == ascii.charAt(0) && Bytes.startWith(bytes, i, end, ascii)) {
                from = at;
                to = i;
                at = i + ascii.length();
                return true;
            }
        }
        return false;
    }

    /** Reads what stands between two characters, the first of which comes next, and passes over both. */
    boolean between(char open, char close) {
        int before = at;
        if (skip(open) && until(close)) {
            return true;
        }
        at = before;
        return false;
    }

    /** Reads up to the next space or the end, and passes over spaces after it. Gives false if there is nothing. */
    boolean word() {
        int stop = at;
        while (stop < end && bytes[stop] != ' ') {
            stop++;
        }
        if (stop == at) {
            return false;
        }
        from = at;
        to = stop;
        at = stop;
        skipSpaces();
        return true;
    }

    /** Reads a quoted piece without its quotes, in which a backslash hides a quote. */
    boolean quoted() {
        if (peek(0) != '"') {
            return false;
        }
        for (int i = at + 1; i < end; i++) {
            if (bytes[i] == '\\') {
                i++;
            } else if (bytes[i] == '"') {
                from = at + 1;
                to = i;
                at = i + 1;
                return true;
            }
        }
        return false;
    }

    /** Reads digits. */
    boolean digits() {
        int stop = at;
        while (stop < end && bytes[stop] >= '0' && bytes[stop] <= '9') {
            stop++;
        }
        if (stop == at) {
            return false;
        }
        from = at;
        to = stop;
        at = stop;
        return true;
    }

    /** Reads everything that is left. */
    Line rest() {
        from = at;
        to = end;
        at = end;
        return this;
    }

    /** Reads a time and keeps it. */
    boolean time() {
        long time = times.read(bytes, at, end);
        if (time == ParsedLines.NO_TIME) {
            return false;
        }
        at = times.end();
        found.time(time);
        return true;
    }

    /** The piece as a number of at most nine digits, or -1. */
    int value() {
        int value = from < to && to - from <= 9 ? 0 : -1;
        for (int i = from; i < to && value >= 0; i++) {
            int digit = bytes[i] - '0';
            value = digit >= 0 && digit <= 9 ? value * 10 + digit : -1;
        }
        return value;
    }

    boolean is(String ascii) {
        return to - from == ascii.length() && Bytes.startWith(bytes, from, to, ascii);
    }

    /** The level that the piece names, or null. */
    @Nullable Level levelWord() {
        return Level.ofWord(bytes, from, to);
    }

    /** Keeps the level that the piece names. Gives whether it names one. */
    boolean level() {
        Level level = levelWord();
        if (level == null) {
            return false;
        }
        found.level(level);
        return true;
    }

    /** Keeps the piece as a text; a hyphen alone is nothing. */
    Line put(Field name) {
        if (!is("-")) {
            found.text(name, bytes, from, to);
        }
        return this;
    }

    /** Keeps the piece as a number if it is one. */
    Line putNumber(Field name) {
        if (!is("-")) {
            found.number(name, bytes, from, to);
        }
        return this;
    }

    Line putService() {
        found.service(bytes, from, to);
        return this;
    }

    Line putComponent() {
        found.component(bytes, from, to);
        return this;
    }

    /** Keeps the piece as the message. Gives true. */
    boolean putMessage() {
        found.message(bytes, from, to);
        return true;
    }
}
