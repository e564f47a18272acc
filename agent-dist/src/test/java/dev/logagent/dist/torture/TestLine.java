package dev.logagent.dist.torture;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A line that says where it belongs, and shows if it was altered.
 *
 * @param stream what it belongs to: all lines of a stream are owed in the order of their numbers
 * @param number counts the lines of the stream, from 0
 */
record TestLine(String stream, int number) {

    private static final Pattern FORM = Pattern.compile("(\\S+) (\\d{8}) .*crc=([0-9a-f]{8})");

    /** Characters of one, two, three and four bytes, and those that JSON escapes. */
    private static final String FILLING = "\"quoted\" back\\slash tab\t \u00fc \u20ac \ud83d\udca7 ";

    /** The text, which is the same each time. */
    String text() {
        String body = "%s %08d %s".formatted(stream, number, FILLING);
        return body + "crc=" + checksum(body);
    }

    /** The line that a text is; null if it is none, or was altered. */
    static @Nullable TestLine parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        TestLine line = new TestLine(matcher.group(1), Integer.parseInt(matcher.group(2)));
        return line.text().equals(text) ? line : null;
    }

    private static String checksum(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
