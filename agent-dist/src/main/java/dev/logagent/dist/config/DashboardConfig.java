package dev.logagent.dist.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the dashboard is served.
 *
 * @param enabled whether it is
 * @param host the address or name to listen on
 * @param port the port to listen on; 0 for any that is free
 * @param token what a visitor must know; null if anyone on this host may look
 * @param tls how connections are secured; null if they are not
 * @param allowedHosts names under which it may be asked for besides its own; lower case
 */
public record DashboardConfig(
        boolean enabled,
        String host,
        int port,
        @Nullable String token,
        @Nullable Identity tls,
        Set<String> allowedHosts) {

    public DashboardConfig {
        allowedHosts = Set.copyOf(allowedHosts);
    }

    /** What the server shows to prove who it is. */
    public record Identity(PrivateKey key, List<X509Certificate> chain) {
        public Identity {
            chain = List.copyOf(chain);
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "Identity[" + chain.size() + " certificates]";
        }
    }

    /**
     * Where to listen.
     *
     * @throws UnknownHostException if this host does not know the name
     */
    public InetSocketAddress address() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    /** As it is written in the configuration. */
    public String listen() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "DashboardConfig[" + (enabled ? listen() : "disabled") + "]";
    }
}
