package dev.logagent.dist.config;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The encodings that a file's text may have: those in which a newline can be found without reading from the beginning. */
final class Encodings {

    private Encodings() {}

    /** The encoding of that name; empty for UTF-8, which needs no conversion. */
    static Optional<Charset> named(String name) {
        String known = name.toLowerCase(Locale.ROOT).replace('_', '-');
        // Common names that Java does not know.
        Charset charset =
                Charset.forName(known.equals("latin-1") ? "iso-8859-1" : known.equals("ansi") ? "cp1252" : name);
        return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII)
                ? Optional.empty()
                : Optional.of(charset);
    }

    /** What is wrong with a name, or null. */
    static @Nullable String fault(String key, String name) {
        try {
            return named(name).map(charset -> unfit(key, name, charset)).orElse(null);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return "'" + key + "' is not an encoding that is known here: " + name;
        }
    }

    private static @Nullable String unfit(String key, String name, Charset charset) {
        boolean isWide = charset.name().startsWith("UTF-16");
        byte[] newline = charset.canEncode() ? "\n".getBytes(charset) : new byte[0];
        return isWide || Arrays.equals(newline, new byte[] {'\n'})
                ? null
                : "'" + key + "' cannot be read line by line: " + name;
    }
}
