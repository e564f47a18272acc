package dev.logagent.dist.check;

import dev.logagent.dist.config.DashboardConfig;
import java.io.IOException;
import java.net.ServerSocket;

/** Tries whether the dashboard's port is free. */
public final class PortCheck {

    private PortCheck() {}

    /** A port that is taken is only a warning: the agent runs without the dashboard, and may be who has it. */
    public static Finding run(DashboardConfig dashboard) {
        String what = "dashboard " + dashboard.listen();
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(dashboard.address());
            return Finding.ok(what, dashboard.tls() == null ? "the port is free" : "the port is free; TLS is set up");
        } catch (IOException e) {
            return Finding.warn(
                    what,
                    e.getMessage() + ": if it is not this agent that runs already, set another port in listen of"
                            + " [dashboard]");
        }
    }
}
