package dev.logagent.core.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How many file descriptors this process may have, and has. Read from {@code /proc}, where there is one. */
public final class DescriptorLimit {

    /** What most systems allow at least. */
    private static final int USUAL = 1024;

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Path OPEN = Path.of("/proc/self/fd");

    private DescriptorLimit() {}

    /** The limit of this process; a cautious guess where the system does not tell. */
    public static int ofProcess() {
        try {
            for (String line : Files.readAllLines(LIMITS)) {
                if (line.startsWith("Max open files")) {
                    String soft =
                            line.substring("Max open files".length()).strip().split("\\s+", 2)[0];
                    return soft.equals("unlimited")
                            ? Integer.MAX_VALUE
                            : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(soft));
                }
            }
            return USUAL;
        } catch (IOException | NumberFormatException e) {
            return USUAL;
        }
    }

    /** How many are in use now; 0 where the system does not tell. */
    public static int inUse() {
        try (Stream<Path> open = Files.list(OPEN)) {
            return (int) open.count();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
