package dev.logagent.transport.kafka;

import dev.logagent.api.option.OptionProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The brokers that {@code end_point} names.
 *
 * @param addresses {@code host:port} each, at least one
 */
record Bootstrap(List<String> addresses) {

    private static final String SCHEME = "kafka://";
    private static final int DEFAULT_PORT = 9092;

    /** A host name, an IPv4 address, or an IPv6 address in brackets; perhaps a port. */
    private static final Pattern ADDRESS =
            Pattern.compile("([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9.])?|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");

    Bootstrap {
        addresses = List.copyOf(addresses);
    }

    /** Reads {@code host:port,host:port}, with or without {@code kafka://} in front; port 9092 where none is given. */
    static Bootstrap parse(String endPoint, Consumer<OptionProblem> problems) {
        String text = endPoint.startsWith(SCHEME) ? endPoint.substring(SCHEME.length()) : endPoint;
        List<String> addresses = new ArrayList<>();
        if (text.contains("@")) {
            problems.accept(problem(
                    "'end_point' must not hold credentials; use username and password in" + " [transport.kafka]"));
            return new Bootstrap(addresses);
        }
        for (String element : text.split(",", -1)) {
            Matcher address = ADDRESS.matcher(element.strip());
            int port = !address.matches()
                    ? -1
                    : address.group(2) == null ? DEFAULT_PORT : Integer.parseInt(address.group(2));
            if (port < 1 || port > 65_535) {
                problems.accept(problem("'end_point' must look like host:port,host:port or kafka://host:port; '"
                        + element.strip() + "' does not"));
                return new Bootstrap(List.of());
            }
            addresses.add(address.group(1) + ":" + port);
        }
        return new Bootstrap(addresses);
    }

    /** Whether all of them are on this host, so that nobody else can listen. */
    boolean isThisHost() {
        return addresses.stream()
                .map(address -> address.substring(0, address.lastIndexOf(':')))
                .allMatch(host -> host.equalsIgnoreCase("localhost")
                        || host.equals("[::1]")
                        || host.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+"));
    }

    /** As the client wants it, and as messages show it. */
    @Override
    public String toString() {
        return String.join(",", addresses);
    }

    private static OptionProblem problem(String message) {
        return new OptionProblem(List.of("end_point"), OptionProblem.Place.VALUE, message, null);
    }
}
