package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.Level;

/** The common and the combined log format of Apache httpd and nginx, with the virtual host before it perhaps. */
final class AccessLogParser implements LineParser {

    @Override
    public boolean parse(Line line) {
        if (!line.word()) {
            return false;
        }
        int client = line.from();
        int clientEnd = line.to();
        if (!line.word()) {
            return false;
        }
        if (line.peek(0) != '[' && isHost(line, client, clientEnd) && Bytes.isDigit(line.bytes()[line.from()])) {
            // Apache's vhost_combined: the host comes first, so this was the client.
            int second = line.from();
            int secondEnd = line.to();
            line.piece(client, clientEnd);
            line.put(Field.VHOST);
            client = second;
            clientEnd = secondEnd;
            if (!line.word()) {
                return false;
            }
        }
        int user = line.at();
        // A user's name may hold spaces; the bracket ends it.
        if (!line.until(" [")) {
            return false;
        }
        int userEnd = line.to();
        if (!line.time() || !line.skip("] ") || !line.quoted()) {
            return false;
        }
        int request = line.from();
        int requestEnd = line.to();
        if (!line.skip(' ') || !line.word() || line.value() < 100 || line.value() > 999) {
            return false;
        }
        line.found().level(Level.ofHttpStatus(line.value()));
        line.putNumber(Field.STATUS);
        line.word();
        line.putNumber(Field.BYTES);
        if (line.quoted()) {
            line.put(Field.REFERRER);
            if (line.skip(' ') && line.quoted()) {
                line.put(Field.USER_AGENT);
            }
        }
        line.piece(client, clientEnd);
        line.put(Field.CLIENT_IP);
        line.piece(user, userEnd);
        line.put(Field.USER);
        line.piece(request, requestEnd);
        line.putMessage();
        request(line, request, requestEnd);
        return true;
    }

    private static boolean isHost(Line line, int from, int to) {
        return Bytes.indexOf(line.bytes(), from, to, ':') > 0 || Bytes.isLetter(line.bytes()[from]);
    }

    /** {@code GET /path HTTP/1.1}, or whatever else a client has sent. */
    private static void request(Line line, int from, int to) {
        int space = Bytes.indexOf(line.bytes(), from, to, ' ');
        int last = space < 0 ? -1 : Bytes.indexOf(line.bytes(), space + 1, to, ' ');
        if (last < 0 || !Bytes.startWith(line.bytes(), last + 1, to, "HTTP/")) {
            line.put(Field.REQUEST);
            return;
        }
        line.piece(from, space);
        line.put(Field.METHOD);
        line.piece(space + 1, last);
        line.put(Field.PATH);
        line.piece(last + 1, to);
        line.put(Field.PROTOCOL);
    }
}
