package dev.logagent.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows that the process lives to those who watch it without talking to it, such as the health check of a container: the
 * time of the file that {@value #VARIABLE} names is set again and again. A worker that fails ends the process, and one
 * that is stuck stops this, so a file that is young means that all of it works. Without the variable nothing happens. Safe for use by several threads.
 */
public final class Heartbeat {

    /** The environment variable that names the file. */
    public static final String VARIABLE = "LOG_AGENT_HEALTH_FILE";

    private static final Logger LOG = LoggerFactory.getLogger("log-agent");
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Path file;
    private final BooleanSupplier alive;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean failing;

    private Heartbeat(Path file, BooleanSupplier alive) {
        this.file = file;
        this.alive = alive;
    }

    /** Does some work as the other method of this name does; whatever lives at all works. */
    public static int during(Map<String, String> env, Work work) throws InterruptedException {
        return during(env, () -> true, work);
    }

    /**
     * Does some work, and shows all the while that the process lives if the environment says where.
     *
     * @param alive whether all of it works
     * @return what the work gives
     */
    public static int during(Map<String, String> env, BooleanSupplier alive, Work work) throws InterruptedException {
        String name = env.getOrDefault(VARIABLE, "");
        Path file = name.isEmpty() ? null : path(name);
        if (file == null) {
            return work.run();
        }
        Heartbeat heartbeat = new Heartbeat(file, alive);
        heartbeat.start();
        try {
            return work.run();
        } finally {
            heartbeat.stop();
        }
    }

    private static @Nullable Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            LOG.warn("${} is not a valid path, so nothing shows that this process lives: {}", VARIABLE, e.getReason());
            return null;
        }
    }

    private void start() {
        beat();
        Thread thread = new Thread(this::run, "heartbeat");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                beat();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void beat() {
        if (stopped.getCount() == 0 || !alive.getAsBoolean()) {
            return;
        }
        try {
            if (Files.notExists(file)) {
                Files.createFile(file);
            }
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn(
                        "the file {} of ${} cannot be written, health checks will fail: {}",
                        file,
                        VARIABLE,
                        e.toString());
            }
            failing = true;
        }
    }

    /** Removes the file: what has ended is not alive. */
    private synchronized void stop() {
        stopped.countDown();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("the file {} of ${} cannot be removed: {}", file, VARIABLE, e.toString());
        }
    }

    /** What the process is there for; gives an exit code. */
    @FunctionalInterface
    public interface Work {
        int run() throws InterruptedException;
    }
}
