package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.Level;

/** Syslog as RFC 3164 and RFC 5424 say, and as it is written to files: without priority, with ISO times, without a host. */
final class SyslogParser implements LineParser {

    private static final String[] FACILITIES = {
        "kern",
        "user",
        "mail",
        "daemon",
        "auth",
        "syslog",
        "lpr",
        "news",
        "uucp",
        "cron",
        "authpriv",
        "ftp",
        "ntp",
        "audit",
        "alert",
        "clock",
        "local0",
        "local1",
        "local2",
        "local3",
        "local4",
        "local5",
        "local6",
        "local7"
    };

    private static final byte[][] FACILITY_NAMES = names();

    private static final int LONGEST_TAG = 128;
    private static final int SHORTEST_LEVEL = 5;
    private static final int LONGEST_LEVEL = 8;

    /** Programs may log JSON through syslog. */
    private static final LineParser JSON = new JsonParser();

    private static byte[][] names() {
        byte[][] names = new byte[FACILITIES.length][];
        for (int i = 0; i < names.length; i++) {
            names[i] = FACILITIES[i].getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        }
        return names;
    }

    @Override
    public boolean parse(Line line) {
        int priority = -1;
        if (line.peek(0) == '<') {
            if (!line.between('<', '>') || line.value() < 0 || line.value() > 191) {
                return false;
            }
            priority = line.value();
            line.found().level(Level.ofSeverity(priority & 7));
            facility(line, priority >> 3);
        }
        if (priority >= 0 && line.skip("1 ")) {
            return structured(line);
        }
        // A date and a time with a space between begin lines of many programs.
        boolean isDated = Bytes.isLetter(line.peek(0)) || line.peek(10) == 'T';
        return (priority >= 0 || isDated) && line.time() && line.skip(' ') && header(line, priority >= 0);
    }

    /** Keeps the name of a facility, if the number has one. */
    static void facility(Line line, int number) {
        if (number < FACILITY_NAMES.length) {
            byte[] facility = FACILITY_NAMES[number];
            line.found().text(Field.FACILITY, facility, 0, facility.length);
        }
    }

    /** What follows the time in RFC 3164: host, tag, process, message. */
    private static boolean header(Line line, boolean isCertain) {
        line.skipSpaces();
        int before = line.at();
        if (!line.word() || line.isAtEnd()) {
            return false;
        }
        boolean isTag = line.bytes()[line.to() - 1] == ':';
        if (isTag) {
            line.at(before);
        } else if (isHost(line)) {
            line.put(Field.HOSTNAME);
        } else {
            return false;
        }
        int afterHost = line.at();
        if (tag(line)) {
            return true;
        }
        // The tag may be missing: "Use the BFG!" in the RFC, and what syslogd itself writes.
        line.at(afterHost);
        boolean isBare = isCertain || line.startsWith("last message repeated ") || line.startsWith("-- MARK --");
        return isBare && line.rest().putMessage();
    }

    /** Other programs write a level there, or something in brackets. */
    private static boolean isHost(Line line) {
        int first = line.bytes()[line.from()];
        boolean isLevel = first >= 'A' && first <= 'Z' && line.to() - line.from() >= 3 && line.levelWord() != null;
        return !isLevel && (Bytes.isNamePart(first) || first == ':');
    }

    private static boolean tag(Line line) {
        int start = line.at();
        int limit = Math.min(line.end(), start + LONGEST_TAG);
        int at = start;
        while (at < limit && isTagPart(line.bytes()[at])) {
            at++;
        }
        if (at == start || at == line.end()) {
            return false;
        }
        line.at(at);
        boolean hasPid = line.between('[', ']');
        int pid = line.from();
        int pidEnd = line.to();
        if (!line.skip(':')) {
            return false;
        }
        if (hasPid) {
            line.piece(pid, pidEnd);
            line.putNumber(Field.PID);
        }
        line.piece(start, at);
        program(line);
        boolean isKernel = line.is("kernel");
        line.skip(' ');
        if (isKernel && KernelParser.uptime(line)) {
            line.skip(' ');
        }
        return message(line, start, at);
    }

    /** The piece is the program's name; {@code postfix/smtpd} is a part of one. */
    private static void program(Line line) {
        int start = line.from();
        int end = line.to();
        int slash = Bytes.indexOf(line.bytes(), start + 1, end, '/');
        if (slash > 0 && slash + 1 < end) {
            line.piece(slash + 1, end);
            line.putComponent();
            line.piece(start, slash);
        }
        line.putService();
        line.piece(start, end);
    }

    private static boolean isTagPart(byte b) {
        return b > ' ' && b != ':' && b != '[';
    }

    private static boolean message(Line line, int tagStart, int tagEnd) {
        int start = line.at();
        boolean isJson = line.peek(0) == '{'
                && JsonScanner.value(line.bytes(), start, line.end()) == line.end()
                && JSON.parse(line);
        line.at(start);
        if (!isJson || !line.found().hasMessage()) {
            line.rest().putMessage();
        }
        if (!line.found().hasLevel()) {
            level(line, start);
        }
        line.piece(tagStart, tagEnd);
        AuthDetails.of(line, start);
        return true;
    }

    /** sshd, postfix and others begin messages with one: {@code error: cannot bind}. */
    private static void level(Line line, int start) {
        int at = start;
        while (at < line.end() && at - start <= LONGEST_LEVEL && Bytes.isLetter(line.bytes()[at])) {
            at++;
        }
        if (at - start >= SHORTEST_LEVEL && Bytes.startWith(line.bytes(), at, line.end(), ": ")) {
            line.piece(start, at);
            line.level();
        }
    }

    /** What follows the version in RFC 5424. */
    private static boolean structured(Line line) {
        if (!line.skip("- ") && !(line.time() && line.skip(' '))) {
            return false;
        }
        if (!line.word()) {
            return false;
        }
        line.put(Field.HOSTNAME);
        if (!line.word()) {
            return false;
        }
        int tag = line.from();
        int tagEnd = line.to();
        if (!line.is("-")) {
            program(line);
        }
        if (!line.word()) {
            return false;
        }
        line.putNumber(Field.PID);
        if (!line.word()) {
            return false;
        }
        line.put(Field.MSGID);
        if (!line.skip('-')) {
            if (line.peek(0) != '[') {
                return false;
            }
            while (line.skip('[')) {
                if (!element(line)) {
                    return false;
                }
            }
        }
        line.skip(' ');
        skipByteOrderMark(line);
        return message(line, tag, tagEnd);
    }

    private static void skipByteOrderMark(Line line) {
        if (line.peek(0) == (byte) 0xef && line.peek(1) == (byte) 0xbb && line.peek(2) == (byte) 0xbf) {
            line.at(line.at() + 3);
        }
    }

    /** One structured element: {@code id name="value" …]}; the values go under their own names. */
    private static boolean element(Line line) {
        while (!line.isAtEnd() && line.peek(0) != ' ' && line.peek(0) != ']') {
            line.at(line.at() + 1);
        }
        while (line.skip(' ')) {
            int name = line.at();
            if (!line.until('=') || !isName(line.bytes(), name, line.to())) {
                return false;
            }
            int nameEnd = line.to();
            if (!line.quoted()) {
                return false;
            }
            value(line, name, nameEnd);
        }
        return line.skip(']');
    }

    /** Keeps the piece, in which a backslash stands before quotes, brackets and backslashes. */
    private static void value(Line line, int name, int nameEnd) {
        byte[] bytes = line.bytes();
        if (Bytes.indexOf(bytes, line.from(), line.to(), '\\') < 0) {
            line.found().text(bytes, name, nameEnd, bytes, line.from(), line.to());
            return;
        }
        byte[] plain = new byte[line.to() - line.from()];
        int length = 0;
        for (int at = line.from(); at < line.to(); at++) {
            boolean escapes = bytes[at] == '\\'
                    && at + 1 < line.to()
                    && (bytes[at + 1] == '"' || bytes[at + 1] == '\\' || bytes[at + 1] == ']');
            at += escapes ? 1 : 0;
            plain[length++] = bytes[at];
        }
        line.found().text(bytes, name, nameEnd, plain, 0, length);
    }

    static boolean isName(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Bytes.isNamePart(bytes[i])) {
                return false;
            }
        }
        return from < to;
    }
}
