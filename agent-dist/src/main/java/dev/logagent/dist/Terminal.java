package dev.logagent.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The terminal that this process was started from. */
public final class Terminal {

    private static final Path DEVICE = Path.of("/dev/tty");

    private Terminal() {}

    /** Whether there is one, still. */
    public static boolean isThere() {
        try {
            Files.newInputStream(DEVICE).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether standard output goes to one. */
    public static boolean isOutput() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    private static String stty(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        Process stty = new ProcessBuilder(command)
                .redirectInput(DEVICE.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        stty.waitFor(1, TimeUnit.SECONDS);
        return said;
    }

    /** Keys as they are pressed, not shown, until it is closed. */
    public static final class Keys implements AutoCloseable {

        /** No key is ever pressed. */
        public static final Keys NONE = new Keys("");

        private final String settings;

        private Keys(String settings) {
            this.settings = settings;
        }

        /** Those of the terminal that is standard input; none if it is something else. */
        public static Keys open() throws InterruptedException {
            try {
                String before = stty("-g");
                if (before.isEmpty()) {
                    return NONE;
                }
                stty("-icanon", "-echo", "min", "0");
                return new Keys(before);
            } catch (IOException e) {
                return NONE;
            }
        }

        /** Whether the key is among those that were pressed since this was asked last. */
        public boolean isPressed(char key) throws IOException {
            boolean pressed = false;
            while (!settings.isEmpty() && System.in.available() > 0) {
                pressed |= System.in.read() == key;
            }
            return pressed;
        }

        @Override
        public void close() throws IOException {
            if (!settings.isEmpty()) {
                try {
                    stty(settings);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** Its size now, rows and columns; a usual one where that cannot be found out. */
    public record Size(int rows, int columns) {

        private static final Size USUAL = new Size(24, 80);

        /** That of the terminal. */
        public static Size now() {
            try {
                String[] parts = stty("size").split(" ", 2);
                int rows = Integer.parseInt(parts[0]);
                int columns = Integer.parseInt(parts[1]);
                return rows > 0 && columns > 0 ? new Size(rows, columns) : USUAL;
            } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
                return USUAL;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return USUAL;
            }
        }
    }
}
