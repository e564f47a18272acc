package dev.logagent.transport.rabbitmq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** The configurations in {@code docs/transport-rabbitmq.md}, so that what it shows is what the tests run. */
final class Documented {

    private static final Path FILE = Path.of("..", "docs", "transport-rabbitmq.md");

    private Documented() {}

    /** What {@code [transport.rabbitmq]} holds in the block under {@code <!-- run by a test: NAME -->}. */
    static Map<String, Object> options(String name) throws IOException {
        Matcher block = Pattern.compile(
                        "<!-- run by a test: " + Pattern.quote(name) + " -->\\s+```toml\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(FILE));
        if (!block.find()) {
            throw new AssertionError(FILE + " has no block '" + name + "'");
        }
        TomlParseResult toml = Toml.parse(block.group(1));
        if (toml.hasErrors()) {
            throw new AssertionError(FILE + ", block '" + name + "': " + toml.errors());
        }
        return map(Objects.requireNonNull(toml.getTable("transport.rabbitmq")));
    }

    private static Map<String, Object> map(TomlTable table) {
        Map<String, Object> values = new HashMap<>();
        table.toMap().forEach((key, value) -> values.put(key, plain(value)));
        return values;
    }

    private static Object plain(Object value) {
        if (value instanceof TomlTable table) {
            return map(table);
        }
        if (value instanceof TomlArray array) {
            List<Object> elements = new ArrayList<>();
            array.toList().forEach(element -> elements.add(plain(element)));
            return elements;
        }
        return value;
    }
}
