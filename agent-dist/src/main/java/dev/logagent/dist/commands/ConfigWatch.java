package dev.logagent.dist.commands;

import dev.logagent.dist.config.LoadedConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then whether something has changed on disk that the configuration depends on, and has it taken over: all of it
 * if that is configured, and new secrets and certificates in any case while a destination refuses the old ones. A change is taken
 * over when nothing more has changed for one look: files are often written in pieces.
 */
final class ConfigWatch implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger("log-agent");

    private final Reloader reloader;
    private final BooleanSupplier refused;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Map<Path, String> handled;

    /** @param refused whether a destination refuses what it is sent for a mistake in the configuration */
    ConfigWatch(Reloader reloader, BooleanSupplier refused) {
        this.reloader = reloader;
        this.refused = refused;
        this.handled = reloader.config().contents();
        Thread thread = new Thread(this::run, "configuration-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            Map<Path, String> before = handled;
            while (!stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                LoadedConfig config = reloader.config();
                if (!config.reloadOnChange() && !refused.getAsBoolean()) {
                    continue;
                }
                Map<Path, String> now = config.inputs().contents();
                if (now.equals(before) && !now.equals(handled) && isToBeTakenOver(config, now)) {
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

    private static boolean isToBeTakenOver(LoadedConfig config, Map<Path, String> now) {
        if (config.reloadOnChange()) {
            return true;
        }
        boolean isNew = config.inputs().areOnlyCredentialsChanged(config.contents(), now);
        if (isNew) {
            LOG.info("a destination refuses the credentials, and there are new ones: reading them");
        }
        return isNew;
    }

    @Override
    public void close() {
        stopped.countDown();
    }
}
