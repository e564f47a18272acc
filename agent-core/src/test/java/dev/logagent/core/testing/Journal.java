package dev.logagent.core.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder with a journal, written by {@code systemd-journal-remote} from entries in the journal's export format. */
public final class Journal {

    /** The time of the first entry; each further one comes a millisecond later. */
    public static final long FIRST_MILLIS = 1_763_625_600_000L;

    private static final List<Path> WRITERS =
            List.of(Path.of("/usr/lib/systemd/systemd-journal-remote"), Path.of("/lib/systemd/systemd-journal-remote"));

    private static final String BOOT = "a30a8144bcff4fe1bbbb78211fb1ffe2";

    private final Path folder;
    private int entries;
    private int files;

    public Journal(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    /** Adds an entry with a text. */
    public void add(String unit, int priority, String message) throws IOException, InterruptedException {
        entry(unit, priority, message.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds an entry with any bytes for a message. */
    public void addBinary(String unit, byte[] message) throws IOException, InterruptedException {
        entry(unit, 6, message);
    }

    /** Everything that was added is gone; what is added from now on is in another file. */
    public void vacuum() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Files.delete(file);
            }
        }
        files++;
    }

    private void entry(String unit, int priority, byte[] message) throws IOException, InterruptedException {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        entry.writeBytes(("__REALTIME_TIMESTAMP=" + (FIRST_MILLIS + entries) * 1000 + "\n__MONOTONIC_TIMESTAMP="
                        + (1_000_000 + entries) + "\n_BOOT_ID=" + BOOT + "\nPRIORITY=" + priority + "\n_SYSTEMD_UNIT="
                        + unit + "\nMESSAGE\n")
                .getBytes(StandardCharsets.US_ASCII));
        entry.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(message.length)
                .array());
        entry.writeBytes(message);
        entry.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        entries++;
        write(entry.toByteArray());
    }

    private void write(byte[] export) throws IOException, InterruptedException {
        Path writer = WRITERS.stream()
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(
                        () -> new IOException("systemd-journal-remote is missing: run ./test.sh, which installs it"));
        Process process = new ProcessBuilder(
                        writer.toString(), "--output=" + folder.resolve("j" + files + ".journal"), "-")
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(export);
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("systemd-journal-remote has failed: " + said);
        }
    }
}
