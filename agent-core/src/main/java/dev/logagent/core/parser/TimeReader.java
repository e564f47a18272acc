package dev.logagent.core.parser;

import static dev.logagent.api.ParsedLines.NO_TIME;

/**
 * Reads the times that logs write: ISO 8601 and its relatives, syslog, Apache, C, Java and mail dates. What a time leaves
 * out is inferred from when the line was read: the zone is that of the source, the year the latest that does not lie in
 * the future. Confined to one thread.
 */
final class TimeReader {

    /** A time that names no year may lie so far in the future, in milliseconds: clocks and zones differ. */
    private static final long AHEAD_MILLIS = 86_400_000;

    private static final int DAY_SECONDS = 86_400;
    private static final int FIRST_YEAR = 1970;

    /** No zone is farther east or west, in seconds. */
    private static final int MOST_OFFSET = 18 * 3_600;

    private final ZoneTimes zone;
    private long referenceMillis;
    private byte[] bytes = {};
    private int at;
    private int end;

    private int year;
    private int month;
    private int day;
    private int secondOfDay;
    private int millis;
    private int zoneMinutes;

    TimeReader(ZoneTimes zone) {
        this.zone = zone;
    }

    /** When the lines that follow were read, in milliseconds since the epoch. */
    void readAt(long epochMillis) {
        referenceMillis = epochMillis;
    }

    /** Where the time that was read last ends. */
    int end() {
        return at;
    }

    /**
     * The time that begins at {@code from}.
     *
     * @return milliseconds since the epoch, or {@link dev.logagent.api.ParsedLines#NO_TIME} when there is none
     */
    long read(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        end = to;
        year = 0;
        day = 0;
        millis = 0;
        zoneMinutes = ZoneNames.NONE;
        int first = peek(0);
        if (first >= '0' && first <= '9') {
            return fromDigits();
        }
        return first < 'A' || first > 'z' ? NO_TIME : fromLetters();
    }

    private long fromDigits() {
        int fourth = peek(4);
        if ((fourth == '-' || fourth == '/') && peek(7) == fourth) {
            return yearFirst(1) && separator() && clock() ? withZone() : NO_TIME;
        }
        if (peek(8) == 'T' && isDigit(peek(7))) {
            return yearFirst(0) && skip('T') && compactClock() ? withZone() : NO_TIME;
        }
        if (peek(2) == ':' && peek(5) == ':') {
            return clock() ? today() : NO_TIME;
        }
        if (isGap(peek(2)) || isGap(peek(1))) {
            return dayFirst() ? withZone() : NO_TIME;
        }
        return NO_TIME;
    }

    /** {@code 2026-01-31}, {@code 2026/01/31}, {@code 20260131}. */
    private boolean yearFirst(int gap) {
        year = number(4);
        at += gap;
        month = number(2);
        at += gap;
        day = number(2);
        return Dates.isDay(year, month, day);
    }

    private boolean separator() {
        if (skip('T') || skip('t') || skip('_')) {
            return true;
        }
        if (!skip(' ')) {
            return false;
        }
        skip(' '); // apt writes two
        return true;
    }

    private static boolean isGap(int c) {
        return c == '/' || c == '-' || c == ' ' || c == '.';
    }

    /**
     * {@code 10/Oct/2000:13:55:36}, {@code 12-Nov-2023 10:11:12.123}, {@code 06 Jan 2026 10:11:12}, {@code 31.01.2026
     * 10:11:12}; with slashes and a number the month comes first, {@code 01/31/2026, 10:11:12 AM}, if it can.
     */
    private boolean dayFirst() {
        day = shortNumber();
        int gap = peek(0);
        at++;
        if (isDigit(peek(0))) {
            month = shortNumber();
            if (gap == '/' && day <= 12) {
                int first = day;
                day = month;
                month = first;
            }
        } else {
            month = Dates.month(bytes, at, end);
            at += 3;
        }
        if (month < 1 || !skip((char) gap)) {
            return false;
        }
        year = number(4);
        skip(',');
        return Dates.isDay(year, month, day) && (skip(':') || skip(' ')) && clock();
    }

    private long fromLetters() {
        month = Dates.month(bytes, at, end);
        if (month > 0) {
            return monthFirst();
        }
        // A weekday: Tue, 15 Nov 1994 08:12:31 GMT, or Wed Oct 11 14:32:52.123456 2000.
        if (end - at < 8 || !isLetter(peek(1)) || !isLetter(peek(2))) {
            return NO_TIME;
        }
        at += 3;
        if (skip(',')) {
            skip(' ');
            return dayFirst() ? withZone() : NO_TIME;
        }
        if (!skip(' ')) {
            return NO_TIME;
        }
        month = Dates.month(bytes, at, end);
        return month == 0 ? NO_TIME : monthFirst();
    }

    /** {@code Jan  2 15:04:05}, {@code Jan 02 2026 15:04:05}, {@code Jan 02, 2026 3:04:05 PM}, {@code Oct 11 14:32:52 2000}. */
    private long monthFirst() {
        at += 3;
        if (!skip(' ')) {
            return NO_TIME;
        }
        skip(' ');
        day = shortNumber();
        boolean comma = skip(',');
        if (day < 1 || !skip(' ')) {
            return NO_TIME;
        }
        if (comma || (isDigit(peek(3)) && peek(4) == ' ')) {
            year = number(4);
            if (!Dates.isDay(year, month, day) || !skip(' ')) {
                return NO_TIME;
            }
            return clock() ? withZone() : NO_TIME;
        }
        if (!clock()) {
            return NO_TIME;
        }
        return yearAfterClock() ? withZone() : withoutYear();
    }

    /** C's {@code asctime} and {@code date} put the year last, with a zone before it perhaps. */
    private boolean yearAfterClock() {
        int before = at;
        int zoneEnd = at;
        if (peek(0) == ' ' && isLetter(peek(1))) {
            zoneEnd = at + 1;
            while (zoneEnd < end && isLetter(bytes[zoneEnd])) {
                zoneEnd++;
            }
        }
        int zoneStart = at + 1;
        at = zoneEnd;
        if (skip(' ') && isDigit(peek(0)) && isDigit(peek(3)) && (at + 4 == end || !isLetterOrDigit(peek(4)))) {
            year = number(4);
            if (year >= FIRST_YEAR && Dates.isDay(year, month, day)) {
                zoneMinutes = zoneEnd > zoneStart ? ZoneNames.minutes(bytes, zoneStart, zoneEnd) : ZoneNames.NONE;
                return true;
            }
        }
        year = 0;
        at = before;
        return false;
    }

    /** {@code 15:04:05}, with a fraction or PM perhaps. */
    private boolean clock() {
        int hour = shortNumber();
        if (!skip(':')) {
            return false;
        }
        int minute = number(2);
        if (!skip(':')) {
            return false;
        }
        int second = number(2);
        fraction();
        // Since version 20, Java puts a narrow space before it that must not break.
        int half =
                peek(0) == ' ' ? 1 : peek(0) == (byte) 0xe2 && peek(1) == (byte) 0x80 && peek(2) == (byte) 0xaf ? 3 : 0;
        if (half > 0 && peek(half + 1) == 'M' && (peek(half) == 'A' || peek(half) == 'P') && hour >= 1 && hour <= 12) {
            hour = hour % 12 + (peek(half) == 'P' ? 12 : 0);
            at += half + 2;
        }
        return isClock(hour, minute, second);
    }

    private boolean compactClock() {
        int hour = number(2);
        int minute = number(2);
        int second = number(2);
        fraction();
        return isClock(hour, minute, second);
    }

    private boolean isClock(int hour, int minute, int second) {
        secondOfDay = (hour * 60 + minute) * 60 + Math.min(second, 59); // a leap second is the one before it
        return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
    }

    private void fraction() {
        int mark = peek(0);
        if ((mark == '.' || mark == ',') && isDigit(peek(1))) {
            at++;
            int scale = 100;
            while (isDigit(peek(0))) {
                millis += (bytes[at] - '0') * scale;
                scale /= 10;
                at++;
            }
        }
    }

    private long withZone() {
        if (year < FIRST_YEAR) {
            return NO_TIME;
        }
        long local = localSeconds();
        int minutes = zoneMinutes == ZoneNames.NONE ? zone() : zoneMinutes;
        long seconds = minutes == ZoneNames.NONE ? zone.epochSeconds(local, referenceMillis) : local - minutes * 60L;
        return seconds * 1000 + millis;
    }

    private long localSeconds() {
        return Dates.epochDay(year, month, day) * DAY_SECONDS + secondOfDay;
    }

    /** Minutes east of Greenwich as the time says, or {@link ZoneNames#NONE}. */
    private int zone() {
        int before = at;
        skip(' ');
        int first = peek(0);
        if ((first == '+' || first == '-') && isDigit(peek(1)) && isDigit(peek(2))) {
            at++;
            int hours = number(2);
            skip(':');
            int minutes = isDigit(peek(0)) && isDigit(peek(1)) ? number(2) : 0;
            if (hours <= 18 && minutes < 60) {
                return (first == '-' ? -1 : 1) * (hours * 60 + minutes);
            }
        } else if (first >= 'A' && first <= 'Z') {
            int from = at;
            while (at < end && isLetter(bytes[at]) && at - from <= ZoneNames.LONGEST) {
                at++;
            }
            int minutes = at < end && isLetterOrDigit(bytes[at]) ? ZoneNames.NONE : ZoneNames.minutes(bytes, from, at);
            if (minutes != ZoneNames.NONE) {
                return minutes;
            }
        }
        at = before;
        return ZoneNames.NONE;
    }

    /** The latest year in which the time does not lie in the future. */
    private long withoutYear() {
        int latest = Dates.yearOf(Math.floorDiv(referenceMillis, 1000L * DAY_SECONDS)) + 1;
        int after = at;
        // Eight years: so far may two 29 Februaries be apart.
        for (year = latest; year >= latest - 9; year--) {
            // What lies ahead in every zone is not worth asking this one's rules.
            if (Dates.isDay(year, month, day)
                    && (localSeconds() - MOST_OFFSET) * 1000 <= referenceMillis + AHEAD_MILLIS) {
                at = after;
                long time = withZone();
                if (time <= referenceMillis + AHEAD_MILLIS) {
                    return time;
                }
            }
        }
        return NO_TIME;
    }

    /** A time of day alone: of the day on which it does not lie in the future. */
    private long today() {
        long local = zone.localSeconds(referenceMillis);
        long midnight = Math.floorDiv(local, (long) DAY_SECONDS) * DAY_SECONDS;
        long time = zone.epochSeconds(midnight + secondOfDay, referenceMillis) * 1000 + millis;
        return time <= referenceMillis + AHEAD_MILLIS / 24
                ? time
                : zone.epochSeconds(midnight - DAY_SECONDS + secondOfDay, referenceMillis) * 1000 + millis;
    }

    /** The month and day of a time that is written without a year, {@code 0102 15:04:05.000000}, as klog does. */
    long readMonthDay(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        end = to;
        millis = 0;
        zoneMinutes = ZoneNames.NONE;
        month = number(2);
        day = number(2);
        return month >= 1 && month <= 12 && day >= 1 && skip(' ') && clock() ? withoutYear() : NO_TIME;
    }

    /** {@code 20260102 15:04:05.000000}, as glog does. */
    long readCompactDay(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        end = to;
        millis = 0;
        zoneMinutes = ZoneNames.NONE;
        return yearFirst(0) && skip(' ') && clock() ? withZone() : NO_TIME;
    }

    private int number(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int c = peek(0);
            if (!isDigit(c)) {
                return -1;
            }
            value = value * 10 + c - '0';
            at++;
        }
        return value;
    }

    private int shortNumber() {
        return isDigit(peek(1)) ? number(2) : number(1);
    }

    private boolean skip(char c) {
        if (at < end && bytes[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private int peek(int ahead) {
        return at + ahead < end ? bytes[at + ahead] : -1;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(int c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    private static boolean isLetterOrDigit(int c) {
        return isDigit(c) || isLetter(c);
    }
}
