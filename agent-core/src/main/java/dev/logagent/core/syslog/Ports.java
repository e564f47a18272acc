package dev.logagent.core.syslog;

import dev.logagent.core.config.InputConfig.Syslog;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/** Whether a port can be listened on, said so that a user can do something about it. */
public final class Ports {

    private static final int FIRST_UNPRIVILEGED = 1024;

    private Ports() {}

    /** Takes a port. */
    @FunctionalInterface
    interface Binding {
        Object to(InetSocketAddress address) throws IOException;
    }

    static void bind(Syslog config, Binding binding) throws IOException {
        try {
            binding.to(config.listen());
        } catch (IOException e) {
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
            if (config.protocol() == Syslog.Protocol.UDP) {
                try (DatagramSocket socket = new DatagramSocket(null)) {
                    bind(config, address -> {
                        socket.bind(address);
                        return socket;
                    });
                }
            } else {
                try (ServerSocket socket = new ServerSocket()) {
                    bind(config, address -> {
                        socket.bind(address);
                        return socket;
                    });
                }
            }
            return null;
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
