package dev.logagent.dist.alerts;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts a program for each change. One that takes too long is killed, with all that it has started. */
final class Command implements Way {

    private final List<String> command;
    private final Duration timeout;

    Command(List<String> command, Duration timeout) {
        this.command = List.copyOf(command);
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return "command";
    }

    @Override
    public Outcome tell(byte[] json) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return Outcome.refused(String.valueOf(e.getMessage()));
        }
        try {
            give(process, json);
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return Outcome.refused("it took longer than timeout_secs and was killed");
            }
            int code = process.exitValue();
            return code == 0 ? Outcome.TOLD : Outcome.refused("it ended with exit code " + code);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** A pipe has room for much more than one change: this does not wait for the program to read. */
    private static void give(Process process, byte[] json) {
        try (OutputStream input = process.getOutputStream()) {
            input.write(json);
        } catch (IOException e) {
            // It does not want to know more than that something has changed.
        }
    }
}
