package dev.logagent.core.journald;

import dev.logagent.core.config.InputConfig.Journald;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The program that reads journals: its files are for it alone to understand. The messages of exceptions are for the user. */
final class Journalctl {

    private static final int LONGEST_ANSWER_SECONDS = 20;

    private static final String NO_FILES = "No journal files were";

    private final Journald config;

    Journalctl(Journald config) {
        this.config = config;
    }

    /**
     * Starts to read from an entry on, that entry included if it is still there.
     *
     * @param cursor of the entry; empty for the first one of the journal
     * @param follow whether to wait for new entries at the end
     */
    Process read(String cursor, boolean follow) throws IOException {
        List<String> command = command();
        // Fields above 4 KiB would be left out without --all. Not --after-cursor: it passes over an entry too many if
        // the
        // one that it names is gone, or does not match.
        command.addAll(List.of("--quiet", "--all", follow ? "--follow" : "--no-pager", "--no-tail"));
        if (!cursor.isEmpty()) {
            command.add("--cursor=" + cursor);
        }
        config.units().forEach(unit -> command.add("--unit=" + unit));
        command.addAll(config.matches());
        return start(command);
    }

    /** The cursor of the last entry of any unit, or null if there is none. */
    @Nullable Cursor last() throws IOException {
        return ask(List.of("--lines=1"));
    }

    /** The cursor of the entry of that cursor, or of the first one after it if it is gone; null if there is none. */
    @Nullable Cursor atOrAfter(String cursor) throws IOException {
        return ask(List.of("--lines=1", "--cursor=" + cursor));
    }

    private @Nullable Cursor ask(List<String> options) throws IOException {
        List<String> command = command();
        command.addAll(List.of("--no-pager", "--output-fields=_BOOT_ID"));
        command.addAll(options);
        Process process = start(command);
        try (InputStream out = process.getInputStream()) {
            byte[] answer = out.readAllBytes();
            String complaint = complaint(process);
            if (!process.waitFor(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(config.program() + " does not answer");
            }
            if (process.exitValue() != 0) {
                throw new IOException(complaint.isEmpty() ? exit(process) : complaint);
            }
            if (complaint.contains(NO_FILES)) {
                throw new IOException("there is no journal " + (config.directory() == null ? "on this host" : "in it")
                        + " that user " + System.getProperty("user.name") + " may read; is systemd-journald running,"
                        + " and is the user in group systemd-journal?");
            }
            return Cursor.in(answer, 0, answer.length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + config.program() + " was asked", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String exit(Process process) {
        return "it ended with exit code " + process.exitValue();
    }

    /** What a child has said on its standard error so far, without waiting; its last line. */
    static String complaint(Process process) {
        try {
            InputStream err = process.getErrorStream();
            byte[] said = process.isAlive() ? err.readNBytes(err.available()) : err.readAllBytes();
            String[] lines = new String(said, StandardCharsets.UTF_8).strip().split("\n", -1);
            return lines[lines.length - 1].strip();
        } catch (IOException e) {
            return "";
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(config.program(), "--output=json"));
        if (config.directory() != null) {
            command.add("--directory=" + config.directory());
        }
        return command;
    }

    private Process start(List<String> command) throws IOException {
        Path directory = config.directory();
        if (directory != null && !Files.isDirectory(directory)) {
            throw new IOException("there is no folder " + directory);
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new IOException(
                    "the program " + config.program() + " cannot be run ("
                            + (e.getMessage() != null && e.getMessage().contains("error=2,")
                                    ? "there is none: this host seems to have no systemd"
                                    : e.getMessage())
                            + ")",
                    e);
        }
    }
}
