package dev.logagent.dist.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.dist.deploy.Dockerfile.Instruction;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder that stands for the root of an image's file system, made by doing what the Dockerfile says. Paths below the
 * folders that the files of {@code deploy/} use are moved into it; all else is this host's.
 */
final class ImageRoot {

    private static final Pattern MOVED = Pattern.compile("(?<![\\w.$}/-])/(?=(opt|etc|src|var)(/|\\b))");

    private final Path root;
    private final Map<String, String> environment = new TreeMap<>();

    private ImageRoot(Path root) {
        this.root = root;
    }

    /** What an existing folder holds. */
    static ImageRoot of(Path root, Map<String, String> environment) {
        ImageRoot image = new ImageRoot(root);
        environment.forEach((name, value) -> image.environment.put(name, image.move(value)));
        return image;
    }

    /** Does what the Dockerfile says, in its order, in an empty folder. */
    static ImageRoot build(Dockerfile dockerfile, Path root) throws IOException, InterruptedException {
        ImageRoot image = new ImageRoot(root);
        image.layBase();
        Path directory = root;
        for (Instruction instruction : dockerfile.instructions()) {
            switch (instruction.name()) {
                case "WORKDIR" -> directory = Files.createDirectories(image.at(instruction.rest()));
                case "COPY" -> image.copy(instruction, directory);
                case "RUN" -> image.run(instruction.command(), directory);
                case "ENV" -> image.setVariable(instruction.rest());
                case "FROM", "LABEL", "HEALTHCHECK", "USER", "VOLUME", "ENTRYPOINT", "CMD" -> {}
                default -> throw new AssertionError("this test does not know " + instruction.name());
            }
        }
        return image;
    }

    /** The variables of the image, unmoved. */
    Map<String, String> environment() {
        return environment;
    }

    /** Where this path of the container is. */
    Path at(String path) {
        return root.resolve(path.replaceFirst("^/", ""));
    }

    /** A text with the container's paths moved into this folder. */
    String move(String text) {
        return MOVED.matcher(text).replaceAll(Matcher.quoteReplacement(root + "/"));
    }

    private void setVariable(String assignment) {
        int equals = assignment.indexOf('=');
        environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }

    /** What the base image has and the Dockerfile counts on. */
    private void layBase() throws IOException {
        Files.createDirectories(at("etc"));
        Files.writeString(at("etc/group"), "adm:x:4:\n");
        Files.createFile(at("etc/passwd"));
        Path tools = Files.createDirectory(at("tools"));
        for (String tool : List.of("groupadd", "useradd")) {
            script(
                    tools.resolve(tool),
                    Command.isRoot() ? "exec /usr/sbin/" + tool + " --prefix '" + root + "' \"$@\"" : ":");
        }
        if (!Command.isRoot()) {
            script(tools.resolve("install"), """
                    # The owner is whoever runs the test.
                    for word; do
                      shift
                      case ${skip:-}$word in
                        -o | -g) skip=+ ;;
                        +*) skip= ;;
                        *) set -- "$@" "$word" ;;
                      esac
                    done
                    exec /usr/bin/install "$@"
                    """);
        }
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void run(String command, Path directory) throws IOException, InterruptedException {
        String path = at("tools") + ":" + System.getProperty("log-agent.maven") + ":" + System.getenv("PATH");
        new Command(directory, "/bin/sh", "-c", move(command))
                .with(Map.of("PATH", path))
                .succeed();
    }

    private void copy(Instruction instruction, Path directory) throws IOException {
        List<String> paths = instruction.words();
        assertThat(paths).as("this test copies one thing at a time").hasSize(2);
        Path target = directory.resolve(paths.get(1).equals(".") ? directory : at(paths.get(1)));
        if (instruction.options().isEmpty()) {
            copyTree(Command.repository().resolve(paths.get(0)).normalize(), target, ignored());
        } else {
            assertThat(instruction.options()).containsExactly("--from=build");
            copyTree(at(paths.get(0)), target, List.of());
        }
    }

    /** The patterns of {@code Dockerfile.dockerignore}, for paths below the root of the sources. */
    private static List<PathMatcher> ignored() throws IOException {
        List<PathMatcher> matchers = new ArrayList<>();
        for (String pattern : Files.readAllLines(Dockerfile.file().resolveSibling("Dockerfile.dockerignore"))) {
            String bare = pattern.replaceFirst("^\\*\\*/", "");
            String glob = pattern.equals(bare) ? bare : "{" + bare + ",**/" + bare + "}";
            matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + glob));
        }
        return matchers;
    }

    /** Copies files and folders, permissions included. */
    static void copyTree(Path from, Path to, List<PathMatcher> ignored) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (ignored.stream().anyMatch(matcher -> matcher.matches(from.relativize(folder)))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (ignored.stream().noneMatch(matcher -> matcher.matches(from.relativize(file)))) {
                    Path copy = to.resolve(from.relativize(file).toString());
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
