package dev.logagent.dist.commands;

import dev.logagent.core.Agent;
import dev.logagent.core.status.Health;
import dev.logagent.dist.LocalSocket;
import dev.logagent.dist.Terminal;
import dev.logagent.dist.alerts.Vigil;
import dev.logagent.dist.config.LoadedConfig;
import dev.logagent.dist.console.Dashboard;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All by which people see and steer the running agent: alerts, dashboard, local socket, hang-up signal, changes of files. Safe
 * for use by several threads.
 */
final class Operation implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("log-agent");

    private final Agent agent;
    private final Setup setup;
    private final Reloader reloader;
    private final Runnable onStop;
    private final Vigil vigil;
    private @Nullable Dashboard dashboard;
    private @Nullable LocalSocket socket;
    private @Nullable ConfigWatch watch;
    private boolean closed;

    /**
     * Begins to watch over the agent, and opens the dashboard, if there is to be one.
     *
     * @param explicit what {@code --config} says, or null
     * @param onStop asks the agent to stop
     */
    Operation(@Nullable Path explicit, Setup setup, Agent agent, Runnable onStop) {
        this.agent = agent;
        this.setup = setup;
        this.onStop = onStop;
        this.reloader = new Reloader(explicit, setup, agent, this::changed);
        this.vigil = new Vigil(setup.alerts(), agent.board());
        if (setup.dashboard().enabled()) {
            dashboard().open(setup.dashboard());
        }
    }

    /**
     * The agent has started: its configuration may change from now on.
     *
     * @param hangUps takes what is to be done at each hang-up, those before included
     */
    void started(Consumer<Runnable> hangUps) {
        open();
        boolean hasTerminal = Terminal.isThere();
        hangUps.accept(() -> {
            if (hasTerminal && !Terminal.isThere()) {
                LOG.info("the terminal is gone");
                onStop.run();
            } else {
                reloader.reload();
            }
        });
    }

    private synchronized void open() {
        if (!closed) {
            socket = LocalSocket.open(setup.agent().global().stateDir(), this::receive)
                    .orElse(null);
            watch = new ConfigWatch(reloader, this::isRefused);
        }
    }

    /** Made when it is needed first: an agent that nobody looks at does not load its classes. */
    private synchronized Dashboard dashboard() {
        Dashboard made = dashboard;
        if (made == null) {
            made = new Dashboard(reloader.config().dashboard(), agent, reloader, vigil);
            dashboard = made;
        }
        return made;
    }

    private boolean isRefused() {
        return agent.board().outputs().stream()
                .anyMatch(output -> output.health().state() == Health.State.REFUSED);
    }

    private void receive(SocketChannel connection) {
        dashboard().receive(connection);
    }

    private synchronized void changed(LoadedConfig config) {
        if (closed) {
            return;
        }
        vigil.change(config.alerts());
        if (dashboard != null) {
            dashboard.change(config.dashboard());
        }
    }

    /** Whether all of the agent works. */
    boolean isAlive() {
        return vigil.deadlocks().isEmpty();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (watch != null) {
            watch.close();
        }
        if (socket != null) {
            socket.close();
        }
        if (dashboard != null) {
            dashboard.close();
        }
        vigil.close();
    }
}
