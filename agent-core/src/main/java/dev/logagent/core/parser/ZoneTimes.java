package dev.logagent.core.parser;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * Times of day that name no zone, taken as those of one zone. Hours that daylight saving skips are taken as before the
 * change; those it repeats as the later one, unless that lies in the future. Confined to one thread.
 */
final class ZoneTimes {

    /** Offsets change only at multiples of this, in seconds. */
    private static final int STEP_SECONDS = 900;

    /** Clocks of one host and of what it logs for may differ by so much, in milliseconds. */
    private static final long SKEW_MILLIS = 60_000;

    private final ZoneRules rules;
    private long knownStep = Long.MIN_VALUE;
    private long knownOffsetSeconds;

    ZoneTimes(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /**
     * The moment of a local time.
     *
     * @param localSeconds seconds since 1970-01-01T00:00 on the zone's clocks
     * @param referenceMillis when the line was read
     * @return seconds since the epoch
     */
    long epochSeconds(long localSeconds, long referenceMillis) {
        long step = Math.floorDiv(localSeconds, STEP_SECONDS);
        if (step == knownStep) {
            return localSeconds - knownOffsetSeconds;
        }
        List<ZoneOffset> offsets = rules.getValidOffsets(LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC));
        if (offsets.size() == 1) {
            knownStep = step;
            knownOffsetSeconds = offsets.get(0).getTotalSeconds();
            return localSeconds - knownOffsetSeconds;
        }
        if (offsets.isEmpty()) {
            LocalDateTime local = LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC);
            return localSeconds - rules.getTransition(local).getOffsetBefore().getTotalSeconds();
        }
        long earlier = localSeconds - offsets.get(0).getTotalSeconds();
        long later = localSeconds - offsets.get(1).getTotalSeconds();
        return later * 1000 <= referenceMillis + SKEW_MILLIS ? later : earlier;
    }

    /** What the zone's clocks show at a moment, as seconds since 1970-01-01T00:00. */
    long localSeconds(long epochMillis) {
        java.time.Instant instant = java.time.Instant.ofEpochMilli(epochMillis);
        return instant.getEpochSecond() + rules.getOffset(instant).getTotalSeconds();
    }
}
