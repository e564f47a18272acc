package dev.logagent.api.encode;

/** Times as RFC 3339 in UTC with milliseconds, {@code 2026-01-31T23:59:59.999Z}, without garbage. */
public final class Rfc3339 {

    private static final long MILLIS_PER_DAY = 86_400_000L;

    private Rfc3339() {}

    /**
     * Appends 24 bytes for a time between the years 0 and 9999.
     *
     * @param epochMillis milliseconds since 1970-01-01T00:00:00Z
     */
    public static void write(long epochMillis, JsonBuffer out) {
        long days = Math.floorDiv(epochMillis, MILLIS_PER_DAY);
        int millis = (int) Math.floorMod(epochMillis, MILLIS_PER_DAY);
        // Days to civil date, with years that begin in March: H. Hinnant, "chrono-Compatible Low-Level Date
        // Algorithms".
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
        int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);

        out.digits(year, 4).raw('-').digits(month, 2).raw('-').digits(day, 2).raw('T');
        out.digits(millis / 3_600_000, 2)
                .raw(':')
                .digits(millis / 60_000 % 60, 2)
                .raw(':');
        out.digits(millis / 1000 % 60, 2).raw('.').digits(millis % 1000, 3).raw('Z');
    }

    /** The time as text. */
    public static String format(long epochMillis) {
        JsonBuffer out = new JsonBuffer(24);
        write(epochMillis, out);
        return out.toString();
    }
}
