package dev.logagent.dist.console;

import dev.logagent.core.Agent;
import dev.logagent.dist.Heartbeat;
import dev.logagent.dist.config.DashboardConfig;
import java.io.IOException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how a running agent does. Whatever happens here, the pipeline goes on: a port that is taken is reported and tried
 * again, and a bug is logged.
 */
public final class Dashboard {

    private static final Logger LOG = LoggerFactory.getLogger("dashboard");

    private static final long LINES_MILLIS = 250;
    private static final long PING_SECONDS = 20;
    private static final long AGAIN_SECONDS = 10;

    private final DashboardConfig config;
    private final Access access;
    private final Rooms rooms;
    private final ScheduledThreadPoolExecutor thread;
    private @Nullable Server server;
    private boolean toldOfFailure;

    private Dashboard(DashboardConfig config, Program program, Agent agent) {
        this.config = config;
        access = new Access(config.host(), config.allowedHosts(), config.token());
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "dashboard");
            made.setDaemon(true);
            return made;
        });
        // Tasks that are still asked for when it closes have nobody to tell.
        thread.setRejectedExecutionHandler((task, executor) -> {});
        Watch watch = new Watch(agent.board());
        LiveFigures figures = new LiveFigures(program, watch);
        LiveLines lines = new LiveLines(agent.tap());
        rooms = new Rooms(thread, new Site(program, watch), figures, lines);
        every(1, TimeUnit.SECONDS, figures::tick);
        every(LINES_MILLIS, TimeUnit.MILLISECONDS, lines::tick);
        every(PING_SECONDS, TimeUnit.SECONDS, () -> {
            figures.ping();
            lines.ping();
        });
    }

    /**
     * Does some work, and shows the agent all the while; it may still have to be started.
     *
     * @param config of an enabled dashboard
     * @return what the work gives
     */
    public static int during(DashboardConfig config, Program program, Agent agent, Heartbeat.Work work)
            throws InterruptedException {
        Dashboard dashboard = new Dashboard(config, program, agent);
        // On its own thread: the agent need not wait until the server's classes are loaded.
        dashboard.thread.execute(dashboard::listen);
        try {
            return work.run();
        } finally {
            dashboard.close();
        }
    }

    private synchronized void listen() {
        boolean secure = config.tls() != null;
        try {
            Server opened = new Server(config.address(), config.tls(), () -> new Visitor(access, rooms, secure));
            server = opened;
            LOG.info("on {}://{}/", secure ? "https" : "http", shown(opened.port()));
        } catch (IOException | RuntimeException e) {
            if (!toldOfFailure) {
                toldOfFailure = true;
                LOG.warn(
                        "cannot listen on {}: {}; the agent goes on without the dashboard, and tries again now and then",
                        config.listen(),
                        e.getMessage());
            }
            thread.schedule(this::listen, AGAIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    private String shown(int port) {
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        return host + ":" + port;
    }

    private void every(long period, TimeUnit unit, Runnable task) {
        thread.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        reportBug(e);
                    }
                },
                0,
                period,
                unit);
    }

    static void reportBug(RuntimeException e) {
        LOG.error("the dashboard has a bug; the pipeline is not affected", e);
    }

    /** Cuts all visitors off. */
    private void close() {
        thread.shutdownNow();
        synchronized (this) {
            if (server != null) {
                server.close();
            }
        }
    }
}
