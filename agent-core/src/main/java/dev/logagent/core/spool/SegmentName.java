package dev.logagent.core.spool;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a segment's file says, so that there is no header in it that could be damaged.
 *
 * @param number grows from segment to segment
 * @param firstSequence of the first record; records of earlier segments that are not below it do not count
 * @param salt of the checksums in it
 */
record SegmentName(long number, long firstSequence, int salt) {

    /** At the end of the names of segments that were damaged and have been set aside. */
    static final String DAMAGED = ".damaged";

    private static final Pattern PATTERN = Pattern.compile("([0-9a-f]{16})-([0-9a-f]{16})-([0-9a-f]{8})\\.segment");

    private static final int HEX = 16;

    /** What a file name says, or null if it is not a segment's. */
    static @Nullable SegmentName parse(String fileName) {
        Matcher matcher = PATTERN.matcher(fileName);
        if (!matcher.matches()) {
            return null;
        }
        return new SegmentName(
                Long.parseUnsignedLong(matcher.group(1), HEX),
                Long.parseUnsignedLong(matcher.group(2), HEX),
                Integer.parseUnsignedInt(matcher.group(3), HEX));
    }

    String fileName() {
        return "%016x-%016x-%08x.segment".formatted(number, firstSequence, salt);
    }
}
