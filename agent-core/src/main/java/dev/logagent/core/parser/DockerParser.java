package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.encode.JsonText;
import dev.logagent.core.multiline.Envelope;

/** Docker's json-file: {@code {"log":"text\n","stream":"stdout","time":"…"}}, with a line of the program in {@code log}. */
final class DockerParser implements LineParser {

    private static final String START = "{\"log\":\"";
    private static final String STREAM = ",\"stream\":\"";
    private static final String ATTRIBUTES = ",\"attrs\":";
    private static final String TIME = ",\"time\":\"";

    @Override
    public boolean parse(Line line) {
        byte[] bytes = line.bytes();
        int start = line.at();
        int end = line.end();
        if (!line.startsWith(START)) {
            return false;
        }
        int log = start + START.length();
        int logEnd = JsonScanner.string(bytes, log - 1, end) - 1;
        if (logEnd < 0) {
            return false;
        }
        line.at(logEnd + 1);
        if (!line.skip(STREAM) || !line.until('"')) {
            return false;
        }
        int stream = line.from();
        int streamEnd = line.to();
        int attributes = line.skip(ATTRIBUTES) ? line.at() : -1;
        int attributesEnd = attributes < 0 ? -1 : JsonScanner.value(bytes, attributes, end);
        if (attributes >= 0) {
            if (attributesEnd < 0) {
                return false;
            }
            line.at(attributesEnd);
        }
        if (!line.skip(TIME) || !line.until('"') || !line.skip('}') || !(line.isAtEnd() || line.peek(0) == '\n')) {
            return false;
        }
        int more = line.at();
        int time = line.from();
        int timeEnd = line.to();
        content(line, bytes, log, logEnd, more, end);
        line.found().text(Field.STREAM, bytes, stream, streamEnd);
        if (attributes >= 0) {
            line.found().json(ATTRS, 0, ATTRS.length, bytes, attributes, attributesEnd);
        }
        if (!line.found().hasTime()) {
            line.found().time(line.times().read(bytes, time, timeEnd));
        }
        return true;
    }

    private static final byte[] ATTRS = {'a', 't', 't', 'r', 's'};

    /** The text of this line, and of those up to {@code end} that belong to it. */
    private static void content(Line line, byte[] bytes, int log, int logEnd, int more, int end) {
        byte[] text = new byte[logEnd - log + end - more];
        int length = JsonText.unescape(bytes, log, logEnd, text, 0);
        for (int at = more + 1; at < end; ) {
            int newline = Bytes.indexOf(bytes, at, end, '\n');
            int next = newline < 0 ? end : newline;
            if (Envelope.isDocker(bytes, at, next)) {
                length = JsonText.unescape(
                        bytes, Envelope.content(bytes, at, next), Envelope.contentEnd(bytes, at, next), text, length);
            }
            at = next + 1;
        }
        if (length > 0 && text[length - 1] == '\n') {
            length--;
        }
        if (length > 0 && text[length - 1] == '\r') {
            length--;
        }
        Content.parse(line, text, 0, length, line.isSeveral());
    }
}
