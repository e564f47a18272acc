package dev.logagent.core.parser;

import dev.logagent.api.Field;

/** nginx's error log: {@code 2026/01/31 23:59:59 [error] 123#124: *5 message, client: 1.2.3.4, server: x, request: "…"}. */
final class NginxErrorParser implements LineParser {

    @Override
    public boolean parse(Line line) {
        if (line.peek(4) != '/'
                || !line.time()
                || !line.skip(' ')
                || !line.between('[', ']')
                || !line.level()
                || !line.skip(' ')
                || !line.digits()) {
            return false;
        }
        line.putNumber(Field.PID);
        if (!line.skip('#') || !line.digits()) {
            return false;
        }
        line.putNumber(Field.TID);
        if (!line.skip(": ")) {
            return false;
        }
        if (line.skip('*') && line.digits()) {
            line.putNumber(Field.CONNECTION);
            line.skipSpaces();
        }
        int message = line.at();
        int messageEnd = line.end();
        if (line.until(", client: ")) {
            messageEnd = line.to();
            value(line, Field.CLIENT_IP);
            while (!line.isAtEnd() && detail(line)) {}
        }
        line.piece(message, messageEnd);
        return line.putMessage();
    }

    private static boolean detail(Line line) {
        line.skipSpaces();
        if (!line.until(": ")) {
            return false;
        }
        Field field = line.is("server")
                ? Field.SERVER
                : line.is("upstream")
                        ? Field.UPSTREAM
                        : line.is("referrer") ? Field.REFERRER : line.is("host") ? Field.VHOST : null;
        if (line.is("request") && line.quoted()) {
            request(line);
            line.skip(',');
        } else if (field != null) {
            value(line, field);
        } else if (!line.quoted()) {
            line.until(',');
        } else {
            line.skip(',');
        }
        return true;
    }

    private static void request(Line line) {
        int after = line.at();
        int end = line.to();
        line.at(line.from());
        if (line.until(' ') && line.to() < end) {
            line.put(Field.METHOD);
            int path = line.at();
            int space = Bytes.indexOf(line.bytes(), path, end, ' ');
            line.piece(path, space < 0 ? end : space);
            line.put(Field.PATH);
            if (space >= 0) {
                line.piece(space + 1, end);
                line.put(Field.PROTOCOL);
            }
        }
        line.at(after);
    }

    private static void value(Line line, Field field) {
        if (line.quoted()) {
            line.put(field);
            line.skip(',');
        } else if (line.until(',')) {
            line.put(field);
        } else {
            line.rest().put(field);
        }
    }
}
