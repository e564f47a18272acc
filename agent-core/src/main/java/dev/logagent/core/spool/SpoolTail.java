package dev.logagent.core.spool;

import dev.logagent.core.events.AgentEvents;
import java.io.IOException;

/**
 * How the newest segment ends. A record that was not written completely was never relied on; but where something else stands
 * behind the last record, there may have been one more.
 *
 * @param nextSequence the first sequence that may be used again
 * @param tornBytes at the end, of a record that was not written completely
 */
record SpoolTail(long nextSequence, long tornBytes) {

    static SpoolTail find(Segment last, AgentEvents events) throws IOException {
        SpoolTail tail = of(last);
        if (tail.tornBytes > 0) {
            events.spoolTailCut(last.path(), tail.tornBytes);
        }
        return tail;
    }

    static SpoolTail of(Segment last) throws IOException {
        long next = last.name().firstSequence();
        try (SegmentReader reader = new SegmentReader(last.path(), last.name().salt(), 0)) {
            long found = reader.skip(last.bytes());
            while (found >= 0) {
                next = Math.max(next, found + 1);
                found = reader.skip(last.bytes());
            }
            if (reader.isTailDamaged(last.bytes())) {
                return new SpoolTail(next + 1, 0);
            }
            return new SpoolTail(next, last.bytes() - reader.offset());
        }
    }
}
