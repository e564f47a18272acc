package dev.logagent.core.discovery;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Recognises what log rotation makes of a name: {@code app.log.1}, {@code app.log-20261121}, {@code app.log.1.gz}, {@code
 * app-2026-11-21.log}, {@code app.2026-11-21.log.gz}, {@code app.log.20261121-101500}.
 */
public final class RotatedNames {

    private static final String SEPARATORS = "._-~";

    private RotatedNames() {}

    /** The names that {@code name} may have been rotated from, most likely first; empty if it looks like no rotation. */
    public static Set<String> basesOf(String name) {
        Set<String> bases = new LinkedHashSet<>();
        String plain = isGzip(name) ? name.substring(0, name.length() - 3) : name;
        if (!plain.equals(name)) {
            bases.add(plain);
        }
        int dot = plain.lastIndexOf('.');
        for (int cut = plain.length() - 1; cut > 0; cut--) {
            if (SEPARATORS.indexOf(plain.charAt(cut)) < 0) {
                continue;
            }
            if (isRotationMark(plain.substring(cut))) {
                bases.add(plain.substring(0, cut));
            }
            if (cut < dot && isRotationMark(plain.substring(cut, dot))) {
                bases.add(plain.substring(0, cut) + plain.substring(dot));
            }
        }
        return bases;
    }

    /** Whether the name says that the file is compressed with gzip. */
    public static boolean isGzip(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    /** A separator, then digits and separators with at least one digit; or the words that old tools use. */
    private static boolean isRotationMark(String mark) {
        if (mark.equals(".old") || mark.equals(".bak") || mark.equals("~") || mark.equals(".prev")) {
            return true;
        }
        if (mark.isEmpty() || SEPARATORS.indexOf(mark.charAt(0)) < 0) {
            return false;
        }
        boolean digit = false;
        for (int i = 0; i < mark.length(); i++) {
            char c = mark.charAt(i);
            digit |= c >= '0' && c <= '9';
            if (!(c >= '0' && c <= '9') && "._-:TZ+~".indexOf(c) < 0) {
                return false;
            }
        }
        return digit;
    }
}
