package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.core.regex.LinePattern;
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

    private final LinePattern pattern;
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
        pattern = LinePattern.compile(regex);
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
        int[] places = pattern.find(line.bytes(), line.at(), line.end());
        if (places == null) {
            return false;
        }
        for (Group group : groups) {
            int start = places[2 * group.number];
            if (start >= 0) {
                put(line, group, start, places[2 * group.number + 1]);
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
            Structured.levelOfStatus(line, start, end);
        }
        Field field = group.field != null ? group.field : Structured.field(group.role);
        if (field != null) {
            line.found().number(field, bytes, start, end);
        } else {
            line.found().text(group.name, 0, group.name.length, bytes, start, end);
        }
    }
}
