package dev.logagent.core.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.logagent.api.encode.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of the user's, in an engine whose time is linear in the length of the line whatever the expression.
 * Confined to one thread.
 */
public final class PatternFinder implements Finder {

    /** Stands for a byte that is not UTF-8, because the engine would take its neighbours for a part of the character. */
    private static final byte INVALID = 0x1a;

    private final byte[] required;
    private final Matcher matcher;
    private final List<Part> replacement;

    /** A piece of the replacement: text, and then a group of the match, or -1 for none. */
    private record Part(String text, int group) {}

    /**
     * @param replacement {@code $0} to {@code $9} stand for groups
     * @throws IllegalArgumentException if one of them has a {@linkplain #fault fault}
     */
    PatternFinder(String expression, String replacement) {
        Pattern pattern = compiled(expression);
        this.required = RequiredText.of(expression);
        this.matcher = pattern.matcher(new byte[0]);
        this.replacement = parts(replacement, pattern.groupCount());
    }

    /** What is wrong with the expression, to be put after its name; or null. */
    public static @Nullable String fault(String expression) {
        try {
            compiled(expression);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** What is wrong with the replacement for a valid expression, to be put after its name; or null. */
    public static @Nullable String fault(String expression, String replacement) {
        try {
            parts(replacement, compiled(expression).groupCount());
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static Pattern compiled(String expression) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            String at = e.getPattern();
            throw new IllegalArgumentException(
                    "is not a regular expression: " + e.getDescription()
                            + (at == null || at.equals(expression) ? "" : " at '" + at + "'"),
                    e);
        }
        if (pattern.matches("")) {
            throw new IllegalArgumentException("matches the empty text, and so would be found everywhere");
        }
        return pattern;
    }

    private static List<Part> parts(String replacement, int groups) {
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < replacement.length()) {
            char c = replacement.charAt(at++);
            int group = c == '$' && at < replacement.length() ? replacement.charAt(at) - '0' : -1;
            if (group < 0 || group > 9) {
                text.append(c);
                continue;
            }
            if (group > groups) {
                throw new IllegalArgumentException("names group " + group + ", but the pattern has "
                        + (groups == 0 ? "none" : groups == 1 ? "one" : groups));
            }
            parts.add(new Part(text.toString(), group));
            text.setLength(0);
            at++;
        }
        parts.add(new Part(text.toString(), -1));
        return List.copyOf(parts);
    }

    @Override
    public void find(byte[] bytes, int start, int end, Edits edits) {
        if (required.length > 0 && Scan.indexOf(required, bytes, start, end) == end) {
            return;
        }
        matcher.reset(Utf8.replaceInvalid(bytes, start, end, INVALID));
        while (matcher.find()) {
            if (matcher.end() == matcher.start()) {
                continue;
            }
            edits.skipTo(start + matcher.start(), start + matcher.end());
            for (Part part : replacement) {
                byte[] text = part.text.getBytes(StandardCharsets.UTF_8);
                edits.append(text, 0, text.length);
                if (part.group >= 0 && matcher.start(part.group) >= 0) {
                    edits.append(bytes, start + matcher.start(part.group), start + matcher.end(part.group));
                }
            }
        }
    }
}
