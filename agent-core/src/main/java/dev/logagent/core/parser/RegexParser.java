package dev.logagent.core.parser;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.logagent.api.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression with named groups, in an engine whose time grows only with the line. Groups named like the keys of
 * structured lines ({@code time}, {@code level}, {@code message}, {@code service}, …) mean the same; others go into the
 * metadata under their names.
 */
final class RegexParser implements LineParser {

    private final Pattern pattern;
    private final List<Group> groups = new ArrayList<>();

    /** One named group, and what it means. */
    private static final class Group {
        private final int number;
        private final byte[] name;
        private final @Nullable Role role;
        private final @Nullable Field field;

        Group(int number, String name) {
            this.number = number;
            this.name = name.getBytes(StandardCharsets.US_ASCII);
            this.role = Role.of(this.name, 0, this.name.length);
            this.field = RegexParser.field(name);
        }
    }

    /** @throws IllegalArgumentException with a message for the user if the pattern cannot be used */
    RegexParser(String regex) {
        try {
            pattern = Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription() + ": '" + e.getPattern() + "'", e);
        }
        Map<String, Integer> named = pattern.namedGroups();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("it has no named group, such as (?P<message>.*)");
        }
        named.forEach((name, number) -> groups.add(new Group(number, name)));
    }

    private static @Nullable Field field(String name) {
        return Arrays.stream(Field.values())
                .filter(field -> field.key().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(null);
    }

    @Override
    public boolean parse(Line line) {
        byte[] bytes = line.bytes();
        int offset = line.at();
        byte[] text = Arrays.copyOfRange(bytes, offset, line.end());
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return false;
        }
        for (Group group : groups) {
            int start = matcher.start(group.number);
            if (start >= 0) {
                put(line, group, offset + start, offset + matcher.end(group.number));
            }
        }
        return true;
    }

    private static void put(Line line, Group group, int start, int end) {
        byte[] bytes = line.bytes();
        if (Structured.text(line, group.role, bytes, start, end, false)) {
            return;
        }
        if (group.field == Field.STATUS) {
            line.piece(start, end);
            int status = line.value();
            if (status >= 100 && !line.found().hasLevel()) {
                line.found().level(dev.logagent.api.Level.ofHttpStatus(status));
            }
        }
        Field field = group.field != null ? group.field : Structured.field(group.role);
        if (field != null) {
            line.found().number(field, bytes, start, end);
        } else {
            line.found().text(group.name, 0, group.name.length, bytes, start, end);
        }
    }
}
