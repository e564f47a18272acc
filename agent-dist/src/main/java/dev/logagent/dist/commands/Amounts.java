package dev.logagent.dist.commands;

import java.util.Locale;

/** Figures for a person to read. */
final class Amounts {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Amounts() {}

    /** Such as {@code 12.4 MB}. */
    static String bytes(double bytes) {
        double left = bytes;
        int unit = 0;
        while (left >= 1000 && unit < UNITS.length - 1) {
            left /= 1000;
            unit++;
        }
        return (unit == 0 || left >= 100 ? whole(left) : String.format(Locale.ROOT, "%.1f", left)) + " " + UNITS[unit];
    }

    /** Such as {@code 1,234}. */
    static String whole(double number) {
        return String.format(Locale.ROOT, "%,d", Math.round(number));
    }

    /** Such as {@code 4 min 10 s}. */
    static String seconds(double seconds) {
        if (seconds < 1) {
            return seconds < 0.0005 ? "0 s" : String.format(Locale.ROOT, "%.0f ms", seconds * 1e3);
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole < 86_400
                        ? whole / 3600 + " h " + whole % 3600 / 60 + " min"
                        : whole / 86_400 + " d " + whole % 86_400 / 3600 + " h";
    }
}
