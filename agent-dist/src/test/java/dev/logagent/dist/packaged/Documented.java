package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A configuration as {@code README.md} or a page of {@code docs/} shows it.
 *
 * @param page the path from the root of the project
 * @param name what stands above it in {@code <!-- run by a test: NAME -->}, empty if nothing does
 */
record Documented(String page, String name, String text) {

    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- run by a test: (\\S+) -->\\s+)?```toml\n(.*?)```", Pattern.DOTALL);

    /** All of them. */
    static List<Documented> all() throws IOException {
        List<Documented> all = new ArrayList<>();
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            for (Path page : Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                Matcher block = BLOCK.matcher(Files.readString(page));
                while (block.find()) {
                    String name = block.group(1) == null ? "" : block.group(1);
                    all.add(new Documented(ROOT.relativize(page).toString(), name, block.group(2)));
                }
            }
        }
        return all;
    }

    static Documented of(String page, String name) throws IOException {
        return all().stream()
                .filter(block -> block.page.equals(page) && block.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(page + " shows nothing that is called " + name));
    }

    /** Whether it says where something is sent to. */
    boolean hasDestination() {
        return text.contains("send_type");
    }

    /**
     * What runs here: other servers and files, a state folder of its own, and a source where it shows none.
     *
     * @param replaced what stands for each of these texts, all of which must occur
     */
    String runnable(Map<String, String> replaced) {
        String result = text;
        for (Map.Entry<String, String> replacement : replaced.entrySet()) {
            assertThat(result).contains(replacement.getKey());
            result = result.replace(replacement.getKey(), replacement.getValue());
        }
        result = result.replace("[global]\n", "[global]\nstate_dir = \"state\"\n");
        return result.contains("[[sources]]")
                ? result
                : result + "[[sources]]\nname = \"app\"\nlog_path = \"app.log\"\n";
    }

    @Override
    public String toString() {
        return page + ": " + (name.isEmpty() ? text : name);
    }
}
