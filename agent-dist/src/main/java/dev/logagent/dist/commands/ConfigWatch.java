package dev.logagent.dist.commands;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks now and then whether something has changed on disk that the configuration depends on, and has it taken over if that is
 * configured. A change is taken over when nothing more has changed for one look: files are often written in pieces.
 */
final class ConfigWatch implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Reloader reloader;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Map<Path, String> handled;

    ConfigWatch(Reloader reloader) {
        this.reloader = reloader;
        this.handled = reloader.config().contents();
        Thread thread = new Thread(this::run, "configuration-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            Map<Path, String> before = handled;
            while (!stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!reloader.config().reloadOnChange()) {
                    continue;
                }
                Map<Path, String> now = reloader.config().inputs().contents();
                if (now.equals(before) && !now.equals(handled)) {
                    reloader.reload();
                    // Another one may depend on other files; what is refused is tried again when it changes.
                    now = reloader.config().inputs().contents();
                    handled = now;
                }
                before = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped.countDown();
    }
}
