package dev.logagent.core.kmsg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One boot of the host.
 *
 * @param id unique
 * @param startMillis when the kernel's clock began, in milliseconds since the epoch
 */
public record Boot(String id, long startMillis) {

    /**
     * The one that runs.
     *
     * @throws IOException if this is no Linux, with a message for the user
     */
    public static Boot current() throws IOException {
        try {
            String uptime = Files.readString(Path.of("/proc/uptime"));
            double seconds = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
            String id = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                    .strip()
                    .replace("-", "");
            return new Boot(id, System.currentTimeMillis() - Math.round(seconds * 1000));
        } catch (IOException | RuntimeException e) {
            throw new IOException("this host does not tell its boot: kernel messages are to be had on Linux only", e);
        }
    }
}
