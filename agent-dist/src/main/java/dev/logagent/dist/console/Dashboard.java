package dev.logagent.dist.console;

import dev.logagent.core.Agent;
import dev.logagent.dist.alerts.Vigil;
import dev.logagent.dist.config.DashboardConfig;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how a running agent does. Whatever happens here, the pipeline goes on: a port that is taken is reported and tried
 * again, and a bug is logged.
 */
public final class Dashboard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dashboard");

    private static final long LINES_MILLIS = 250;
    private static final long PING_SECONDS = 20;
    private static final long AGAIN_SECONDS = 10;

    private final ScheduledThreadPoolExecutor thread;
    private final Rooms rooms;
    private final Server server;
    private volatile Server.Front front;
    private boolean toldOfFailure;

    /**
     * A dashboard that nobody can see yet.
     *
     * @param agent may still have to be started
     * @param config how visitors from outside are received
     * @param vigil knows the agent's alerts
     */
    public Dashboard(DashboardConfig config, Agent agent, Steering steering, Vigil vigil) {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "dashboard");
            made.setDaemon(true);
            return made;
        });
        // Tasks that are still asked for when it closes have nobody to tell.
        thread.setRejectedExecutionHandler((task, executor) -> {});
        Watch watch = new Watch(agent.board(), steering);
        LiveFigures figures = new LiveFigures(watch, vigil);
        LiveLines lines = new LiveLines(agent.tap());
        rooms = new Rooms(thread, new Site(watch, agent, vigil), new Actions(agent, steering), figures, lines);
        front = front(config);
        server = new Server(() -> front);
        every(1, TimeUnit.SECONDS, figures::tick);
        every(LINES_MILLIS, TimeUnit.MILLISECONDS, lines::tick);
        every(PING_SECONDS, TimeUnit.SECONDS, () -> {
            figures.ping();
            lines.ping();
        });
    }

    private Server.Front front(DashboardConfig config) {
        boolean secure = config.tls() != null;
        Access access = new Access(config.host(), config.allowedHosts(), config.token());
        return new Server.Front(config.tls(), () -> new Visitor(access, rooms, secure));
    }

    /** Receives visitors from outside from now on, or as soon as the port is free. Returns at once. */
    public void open(DashboardConfig config) {
        // On its own thread: the agent need not wait until the server's classes are loaded.
        thread.execute(() -> listen(config));
    }

    /** Receives visitors that come from now on as the configuration says; the address stays. */
    public void change(DashboardConfig config) {
        front = front(config);
    }

    /** Receives a visitor who has come by the local socket: whoever can do that may do everything. */
    public void receive(SocketChannel connection) {
        server.adopt(connection, new Visitor(Access.LOCAL, rooms, false));
    }

    private void listen(DashboardConfig config) {
        try {
            server.listen(config.address());
            LOG.info("on {}://{}/", config.tls() != null ? "https" : "http", shown(config.host(), server.port()));
        } catch (IOException | RuntimeException e) {
            if (!toldOfFailure) {
                toldOfFailure = true;
                LOG.warn(
                        "cannot listen on {}: {}; the agent goes on without the dashboard, and tries again now and then",
                        config.listen(),
                        e.getMessage());
            }
            thread.schedule(() -> listen(config), AGAIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static String shown(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
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
    @Override
    public void close() {
        thread.shutdownNow();
        server.close();
    }
}
