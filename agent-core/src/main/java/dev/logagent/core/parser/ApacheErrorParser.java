package dev.logagent.core.parser;

import dev.logagent.api.Field;

/** Apache httpd's error log: {@code [Wed Oct 11 14:32:52.123456 2000] [core:error] [pid 1:tid 2] [client 1.2.3.4:5] AH00001: …}. */
final class ApacheErrorParser implements LineParser {

    @Override
    public boolean parse(Line line) {
        if (!line.skip('[') || !Bytes.isLetter(line.peek(0)) || !line.time() || !line.skip("] ")) {
            return false;
        }
        if (!line.between('[', ']')) {
            return false;
        }
        int colon = Bytes.indexOf(line.bytes(), line.from(), line.to(), ':');
        int end = line.to();
        if (colon >= 0) {
            line.piece(line.from(), colon);
            line.put(Field.MODULE);
            line.piece(colon + 1, end);
        }
        if (!line.level()) {
            return false;
        }
        line.skipSpaces();
        while (line.between('[', ']')) {
            bracket(line);
            line.skipSpaces();
        }
        int message = line.at();
        if (line.startsWith("AH") && line.until(": ") && line.to() - line.from() == 7) {
            line.put(Field.ERROR_CODE);
            message = line.at();
        }
        line.piece(message, line.end());
        return line.putMessage();
    }

    private static void bracket(Line line) {
        int from = line.from();
        int to = line.to();
        if (Bytes.startWith(line.bytes(), from, to, "pid ")) {
            int colon = Bytes.indexOf(line.bytes(), from, to, ':');
            line.piece(from + 4, colon < 0 ? to : colon);
            line.putNumber(Field.PID);
            if (colon >= 0 && Bytes.startWith(line.bytes(), colon, to, ":tid ")) {
                line.piece(colon + 5, to);
                line.putNumber(Field.TID);
            }
        } else if (Bytes.startWith(line.bytes(), from, to, "client ")) {
            int port = to;
            while (port > from && Bytes.isDigit(line.bytes()[port - 1])) {
                port--;
            }
            boolean hasPort = port < to && line.bytes()[port - 1] == ':';
            line.piece(from + 7, hasPort ? port - 1 : to);
            line.put(Field.CLIENT_IP);
            if (hasPort) {
                line.piece(port, to);
                line.putNumber(Field.CLIENT_PORT);
            }
        }
    }
}
