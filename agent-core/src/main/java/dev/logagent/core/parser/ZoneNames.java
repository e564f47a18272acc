package dev.logagent.core.parser;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Abbreviations of zones that logs use, where they mean one thing nearly everywhere. */
final class ZoneNames {

    /** The longest of them. */
    static final int LONGEST = 4;

    private static final Map<String, Integer> MINUTES = Map.ofEntries(
            Map.entry("Z", 0),
            Map.entry("UTC", 0),
            Map.entry("GMT", 0),
            Map.entry("WET", 0),
            Map.entry("WEST", 60),
            Map.entry("CET", 60),
            Map.entry("CEST", 120),
            Map.entry("EET", 120),
            Map.entry("EEST", 180),
            Map.entry("MSK", 180),
            Map.entry("EST", -300),
            Map.entry("EDT", -240),
            Map.entry("CDT", -300),
            Map.entry("MST", -420),
            Map.entry("MDT", -360),
            Map.entry("PST", -480),
            Map.entry("PDT", -420),
            Map.entry("AKST", -540),
            Map.entry("AKDT", -480),
            Map.entry("HST", -600),
            Map.entry("JST", 540),
            Map.entry("KST", 540),
            Map.entry("SGT", 480),
            Map.entry("AEST", 600),
            Map.entry("AEDT", 660),
            Map.entry("NZST", 720),
            Map.entry("NZDT", 780));

    /** Said by {@link #minutes} of what is no zone. */
    static final int NONE = Integer.MIN_VALUE;

    private ZoneNames() {}

    /** Minutes east of Greenwich, or {@link #NONE}. */
    static int minutes(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length == 3 && bytes[start] == 'U' && bytes[start + 1] == 'T' && bytes[start + 2] == 'C') {
            return 0;
        }
        return length < 1 || length > LONGEST
                ? NONE
                : MINUTES.getOrDefault(new String(bytes, start, length, StandardCharsets.US_ASCII), NONE);
    }
}
