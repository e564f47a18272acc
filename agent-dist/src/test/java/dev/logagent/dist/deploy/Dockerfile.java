package dev.logagent.dist.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A Dockerfile as a list of instructions. */
record Dockerfile(List<Instruction> instructions) {

    /** The one of the repository. */
    static Dockerfile read() throws IOException {
        List<Instruction> instructions = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String line : Files.readAllLines(file())) {
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            if (line.endsWith("\\")) {
                open.append(line, 0, line.length() - 1).append(' ');
                continue;
            }
            open.append(line);
            String[] parts = open.toString().strip().split("\\s+", 2);
            instructions.add(new Instruction(parts[0].toUpperCase(Locale.ROOT), parts[1].strip()));
            open.setLength(0);
        }
        return new Dockerfile(List.copyOf(instructions));
    }

    static Path file() {
        return Command.repository().resolve("deploy/Dockerfile");
    }

    /** The last instruction of this name: the one that counts. */
    Instruction last(String name) {
        return instructions.stream()
                .filter(instruction -> instruction.name.equals(name))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("the Dockerfile has no " + name));
    }

    /**
     * One instruction, continued lines joined.
     *
     * @param name in capitals
     */
    record Instruction(String name, String rest) {

        /** The words that are no options. */
        List<String> words() {
            return split().filter(word -> !word.startsWith("--")).toList();
        }

        /** The words that are options. */
        List<String> options() {
            return split().filter(word -> word.startsWith("--")).toList();
        }

        /** What follows the options. */
        String command() {
            return rest.replaceFirst("^(--\\S+\\s+)*", "");
        }

        /** The words of the form {@code ["a", "b"]}. */
        List<String> exec() {
            try {
                return List.of(new ObjectMapper().readValue(command(), String[].class));
            } catch (IOException e) {
                throw new UncheckedIOException(name + " is not in exec form", e);
            }
        }

        private Stream<String> split() {
            return Arrays.stream(rest.split("\\s+"));
        }
    }
}
