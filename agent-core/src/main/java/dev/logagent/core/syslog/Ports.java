package dev.logagent.core.syslog;

import dev.logagent.core.config.InputConfig.Syslog;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Whether a port can be listened on, said so that a user can do something about it. */
public final class Ports {

    private static final int FIRST_UNPRIVILEGED = 1024;

    private Ports() {}

    /** Takes a port. */
    @FunctionalInterface
    interface Binding {
        Port take() throws IOException;
    }

    /** Takes a port with a socket, which is closed if that fails. */
    static Port bound(Syslog config, Closeable socket, Binding binding) throws IOException {
        try {
            return binding.take();
        } catch (IOException e) {
            close(socket);
            throw new IOException(
                    "cannot listen for " + config.shown() + ": " + e.getMessage() + advice(config, e.getMessage()), e);
        }
    }

    private static String advice(Syslog config, @Nullable String reason) {
        String why = String.valueOf(reason);
        if (why.contains("in use")) {
            return ": another program has the port (perhaps rsyslogd, or an agent that runs already); stop it, or set"
                    + " another listen";
        }
        if (why.contains("denied") && config.listen().getPort() < FIRST_UNPRIVILEGED) {
            return ": ports below 1024 need the capability CAP_NET_BIND_SERVICE; give it, or listen on a port such as 5514";
        }
        return "";
    }

    /** Why nobody could listen as the configuration says, for the user; null if somebody could. */
    public static @Nullable String faultOf(Syslog config) {
        try {
            Port.open(config).close();
            return null;
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** Lets go of a socket, of which nothing is wanted any more. */
    static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            return; // what it had is gone either way
        }
    }
}
