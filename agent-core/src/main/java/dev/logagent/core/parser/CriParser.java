package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.ParsedLines;
import dev.logagent.core.multiline.Envelope;

/** Container logs of containerd, CRI-O and Podman: {@code 2016-10-06T00:17:09.669794202Z stdout F text}. */
final class CriParser implements LineParser {

    @Override
    public boolean parse(Line line) {
        byte[] bytes = line.bytes();
        if (line.peek(10) != 'T') {
            return false;
        }
        long time = line.times().read(bytes, line.at(), line.end());
        if (time == ParsedLines.NO_TIME) {
            return false;
        }
        line.at(line.times().end());
        if (!line.skip(' ')) {
            return false;
        }
        int stream = line.at();
        if (!line.skip("stdout ") && !line.skip("stderr ")) {
            return false;
        }
        int streamEnd = line.at() - 1;
        if (line.peek(0) != 'F' && line.peek(0) != 'P') {
            return false;
        }
        line.at(line.at() + 1);
        if (line.skip(':')) {
            line.until(' '); // further tags
        } else if (!line.skip(' ') && !line.isAtEnd()) {
            return false;
        }
        content(line, bytes, line.at(), line.end());
        line.found().text(Field.STREAM, bytes, stream, streamEnd);
        if (!line.found().hasTime()) {
            line.found().time(time);
        }
        return true;
    }

    /** What several lines hold that belong together: those that the runtime has cut go on without a break. */
    private static void content(Line line, byte[] bytes, int start, int end) {
        int newline = line.isSeveral() ? Bytes.indexOf(bytes, start, end, '\n') : -1;
        if (newline < 0) {
            Content.parse(line, bytes, start, end, false);
            return;
        }
        byte[] text = new byte[end - start];
        int length = newline - start;
        System.arraycopy(bytes, start, text, 0, length);
        int tag = start - 2;
        for (int at = newline + 1; at < end; at = newline + 1) {
            newline = Bytes.indexOf(bytes, at, end, '\n');
            newline = newline < 0 ? end : newline;
            int from = Math.max(at, Envelope.content(bytes, at, newline));
            if (bytes[tag] == 'F') {
                text[length++] = '\n';
            }
            System.arraycopy(bytes, from, text, length, newline - from);
            length += newline - from;
            tag = from - 2;
        }
        Content.parse(line, text, 0, length, true);
    }
}
