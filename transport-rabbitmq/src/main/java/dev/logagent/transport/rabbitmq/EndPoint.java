package dev.logagent.transport.rabbitmq;

import com.rabbitmq.client.Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect, as {@code amqp://user:password@host1:5672,host2:5672/vhost} says it; {@code amqps} is with TLS.
 * Immutable.
 */
final class EndPoint {

    private static final int PORT = 5672;
    private static final int TLS_PORT = 5671;

    private static final Pattern FORM = Pattern.compile("(?i:(amqps?)://)(?:([^@/]*)@)?([^@/]+)(?:/([^/?#]*))?");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");

    private final boolean tls;
    private final List<Address> hosts;
    private final @Nullable String user;
    private final @Nullable String password;
    private final String virtualHost;

    private EndPoint(
            boolean tls, List<Address> hosts, @Nullable String user, @Nullable String password, String virtualHost) {
        this.tls = tls;
        this.hosts = List.copyOf(hosts);
        this.user = user;
        this.password = password;
        this.virtualHost = virtualHost;
    }

    /**
     * Reads an end point.
     *
     * @throws IllegalArgumentException with a message for the user, which does not show the password
     */
    static EndPoint parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'end_point' must be like amqp://user:password@host:5672/vhost, or"
                            + " amqps://… for TLS; several hosts with commas; @, : and / in names and passwords as %40, %3A, %2F");
        }
        boolean tls = form.group(1).toLowerCase(Locale.ROOT).equals("amqps");
        List<Address> hosts = new ArrayList<>();
        for (String host : form.group(3).split(",", -1)) {
            hosts.add(address(host.strip(), tls ? TLS_PORT : PORT));
        }
        String user = null;
        String password = null;
        if (form.group(2) != null) {
            String[] credentials = form.group(2).split(":", 2);
            if (credentials.length < 2 || credentials[0].isEmpty()) {
                throw new IllegalArgumentException("'end_point' must name a user and a password, or neither");
            }
            user = decoded("user", credentials[0]);
            password = decoded("password", credentials[1]);
        }
        String path = form.group(4);
        // As everywhere in RabbitMQ's world, no path means the virtual host /, whose full name is %2F.
        String virtualHost = path == null || path.isEmpty() ? "/" : decoded("virtual host", path);
        return new EndPoint(tls, hosts, user, password, virtualHost);
    }

    boolean tls() {
        return tls;
    }

    /** At least one, in the order in which they are tried. */
    List<Address> hosts() {
        return hosts;
    }

    /** The user, or null when the end point names none; then there is no password either. */
    @Nullable String user() {
        return user;
    }

    @Nullable String password() {
        return password;
    }

    String virtualHost() {
        return virtualHost;
    }

    private static Address address(String text, int defaultPort) {
        Matcher host = HOST.matcher(text);
        int port = defaultPort;
        if (host.matches() && host.group(2) != null) {
            port = Integer.parseInt(host.group(2));
        }
        if (!host.matches() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("'end_point' names a host that cannot be one: '" + text + "'");
        }
        String name = host.group(1);
        return new Address(name.startsWith("[") ? name.substring(1, name.length() - 1) : name, port);
    }

    /** The text with {@code %40} and the like replaced; a plus sign is a plus sign. */
    private static String decoded(String what, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[bytes.length];
        int length = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] != '%') {
                decoded[length++] = bytes[at];
                continue;
            }
            int high = at + 2 < bytes.length ? Character.digit(bytes[at + 1], 16) : -1;
            int low = at + 2 < bytes.length ? Character.digit(bytes[at + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new IllegalArgumentException("the " + what
                        + " in 'end_point' has a % without two hexadecimal digits" + " (a % itself is %25)");
            }
            decoded[length++] = (byte) (high << 4 | low);
            at += 2;
        }
        return new String(decoded, 0, length, StandardCharsets.UTF_8);
    }
}
