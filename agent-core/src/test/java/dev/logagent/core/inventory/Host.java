package dev.logagent.core.inventory;

import dev.logagent.core.config.DiscoveryConfig;
import dev.logagent.core.inventory.FoundFile.Kind;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder that looks like the root of a host. */
final class Host {

    private final Path root;

    Host(Path root) {
        this.root = root;
    }

    /**
     * The logs that nginx, apache2, postgresql, rabbitmq, rsyslog, apt and others have written on a Debian 12, shortened.
     * {@code expected.tsv} beside them says what they are.
     */
    static Path debian() throws IOException, URISyntaxException {
        URL list = Objects.requireNonNull(Host.class.getResource("/host/expected.tsv"));
        return Path.of(list.toURI()).resolveSibling(".").normalize();
    }

    static Host copyOf(Path fixture, Path root) throws IOException {
        try (Stream<Path> files = Files.walk(fixture)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = root.resolve(fixture.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return new Host(root);
    }

    Path path(String path) {
        return root.resolve(path);
    }

    Path write(String path, String text) throws IOException {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    Path write(String path, byte[] bytes) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    DiscoveryConfig usual() {
        return DiscoveryConfig.DEFAULTS.only(path("var/log").toString());
    }

    List<FoundFile> look() {
        return look(usual());
    }

    List<FoundFile> look(DiscoveryConfig config) {
        return Discovery.of(config, path("var/lib/log-agent")).look();
    }

    /** Each file as a line: path, state, reason. */
    List<String> reasons(List<FoundFile> files) {
        return files.stream()
                .map(file -> root.relativize(file.path()) + " " + state(file)
                        + (file.reason().isEmpty() ? "" : ": " + file.reason()))
                .toList();
    }

    /** Each file as a row of {@code expected.tsv}. */
    String row(FoundFile file) {
        Optional<Kind> kind = Optional.ofNullable(file.kind());
        return String.join(
                "\t",
                root.relativize(file.path()).toString(),
                state(file),
                kind.map(Kind::parser).orElse("-"),
                orDash(kind.map(Kind::service).orElse(null)),
                orDash(kind.map(Kind::component).orElse(null)),
                kind.map(Kind::type).orElse("-"));
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }

    private static String state(FoundFile file) {
        return file.state().name().toLowerCase(Locale.ROOT);
    }
}
