package dev.logagent.dist.packaged;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A program that writes numbered lines to {@code NAME.log} without a pause, and renames the file when it is full. */
final class BusyLog implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int LINES_AT_ONCE = 10;
    private static final int LINES_IN_A_FILE = 3_000;

    private final Path folder;
    private final String name;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<Integer> written;

    private BusyLog(Path folder, String name) {
        this.folder = folder;
        this.name = name;
        this.written = thread.submit(this::write);
    }

    /** Begins to write. */
    static BusyLog start(Path folder, String name) {
        return new BusyLog(folder, name);
    }

    String name() {
        return name;
    }

    /** Ends writing, and gives all lines that were written. */
    List<String> stop() throws Exception {
        stopped.set(true);
        return Lines.numbered(name, 0, written.get(10, TimeUnit.SECONDS));
    }

    @Override
    public void close() {
        stopped.set(true);
        thread.shutdown();
    }

    private int write() throws IOException {
        int lines = 0;
        for (int file = 1; !stopped.get(); file++) {
            Path current = folder.resolve(name + ".log");
            try (OutputStream out = Files.newOutputStream(current)) {
                for (int end = lines + LINES_IN_A_FILE; lines < end && !stopped.get(); lines += LINES_AT_ONCE) {
                    String text = String.join("\n", Lines.numbered(name, lines, lines + LINES_AT_ONCE)) + "\n";
                    out.write(text.getBytes(StandardCharsets.UTF_8));
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
            if (!stopped.get()) {
                rotate(current, file);
            }
        }
        return lines;
    }

    /** As logrotate does: the highest number is the oldest file. */
    private void rotate(Path current, int files) throws IOException {
        for (int number = files - 1; number >= 1; number--) {
            Files.move(numbered(number), numbered(number + 1));
        }
        Files.move(current, numbered(1));
    }

    private Path numbered(int number) {
        return folder.resolve(name + ".log." + number);
    }
}
