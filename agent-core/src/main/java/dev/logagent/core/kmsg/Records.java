package dev.logagent.core.kmsg;

import dev.logagent.api.encode.Rfc3339;
import dev.logagent.core.input.RunBlock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Records of the kernel as lines: {@code priority,number,microseconds,flags;message}, and after it what the kernel adds, each
 * on a line that begins with a blank. One such line is added here, with the wall clock's time: nobody who looks at the record
 * later knows when the kernel's clock began. Confined to one thread.
 */
final class Records {

    private static final int NUMBER_FIELD = 1;
    private static final int MICROS_FIELD = 2;

    private final Boot boot;
    private final RunBlock block = new RunBlock();

    Records(Boot boot) {
        this.boot = boot;
    }

    /** What is known of a record before it is taken. */
    interface Filter {
        boolean takes(long number);
    }

    /** Adds the records in what was read. */
    void add(byte[] read, Filter filter) {
        int from = 0;
        while (from < read.length) {
            int to = endOfRecord(read, from);
            if (filter.takes(field(read, from, to, NUMBER_FIELD))) {
                add(read, from, to);
            }
            from = to + 1;
        }
    }

    /** Usually one read gives one record, but not if somebody else passes them on. */
    private static int endOfRecord(byte[] read, int from) {
        for (int at = from; at < read.length; at++) {
            if (read[at] == '\n' && (at + 1 == read.length || read[at + 1] != ' ')) {
                return at;
            }
        }
        return read.length;
    }

    private void add(byte[] read, int from, int to) {
        ByteArrayOutputStream record = new ByteArrayOutputStream(to - from + 40);
        record.write(read, from, to - from);
        long micros = field(read, from, to, MICROS_FIELD);
        if (micros >= 0) {
            String time = Rfc3339.format(boot.startMillis() + micros / 1000);
            record.writeBytes(("\n _TIME=" + time).getBytes(StandardCharsets.US_ASCII));
        }
        block.add(record.toByteArray(), 0, record.size());
    }

    /** A number in the prefix, or -1. */
    private static long field(byte[] read, int from, int to, int field) {
        int commas = 0;
        long number = -1;
        for (int at = from; at < to && read[at] != ';' && commas <= field; at++) {
            if (read[at] == ',') {
                commas++;
            } else if (commas == field) {
                if (read[at] < '0' || read[at] > '9') {
                    return -1;
                }
                number = Math.max(0, number) * 10 + read[at] - '0';
            }
        }
        return number;
    }

    /** The records that were added. */
    RunBlock block() {
        return block;
    }
}
