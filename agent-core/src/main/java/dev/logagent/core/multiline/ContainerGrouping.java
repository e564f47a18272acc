package dev.logagent.core.multiline;

import dev.logagent.api.encode.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Joins what a container runtime has cut, and applies another grouping to what is inside, for each stream by itself. Other
 * lines are left alone.
 *
 * @param inside for the programs' own lines, or null if each is an event
 */
record ContainerGrouping(@Nullable Grouping inside) implements Grouping {

    @Override
    public boolean continues(byte[] bytes, int eventStart, int start, int end) {
        int content = Envelope.content(bytes, start, end);
        if (content < 0) {
            return inside != null && inside.continues(bytes, eventStart, start, end);
        }
        int before = start - 1;
        int previous = before;
        while (previous > eventStart && bytes[previous - 1] != '\n') {
            previous--;
        }
        if (stream(bytes, previous, before) != stream(bytes, start, end)) {
            return false;
        }
        return Envelope.isPartial(bytes, previous, before)
                || (inside != null && goesOnInside(bytes, content, Envelope.contentEnd(bytes, start, end), start, end));
    }

    @Override
    public boolean hasStreams() {
        return true;
    }

    @Override
    public int stream(byte[] bytes, int start, int end) {
        return Envelope.stream(bytes, start, end);
    }

    private boolean goesOnInside(byte[] bytes, int content, int contentEnd, int start, int end) {
        if (inside == null) {
            return false;
        }
        if (!Envelope.isDocker(bytes, start, end)) {
            return inside.continues(bytes, content, content, contentEnd);
        }
        byte[] text = new byte[contentEnd - content];
        int stop = JsonText.unescape(bytes, content, contentEnd, text, 0);
        return inside.continues(text, 0, 0, stop > 0 && text[stop - 1] == '\n' ? stop - 1 : stop);
    }

    /** What the runtime has cut always goes on; what is inside may look as it does anywhere. */
    @Override
    public boolean mayGoOn(byte[] bytes, int eventStart, int end) {
        int last = end;
        while (last > eventStart && bytes[last - 1] != '\n') {
            last--;
        }
        int content = Envelope.content(bytes, eventStart, end);
        return (content >= 0 && Envelope.isPartial(bytes, last, end))
                || (inside != null && inside.mayGoOn(bytes, content < 0 ? eventStart : content, end));
    }

    @Override
    public boolean ends(byte[] bytes, int start, int end) {
        if (Envelope.isPartial(bytes, start, end) && Envelope.content(bytes, start, end) >= 0) {
            return false;
        }
        return inside == null || inside.ends(bytes, start, end);
    }
}
