package dev.logagent.transport.websocket;

import dev.logagent.api.option.OptionProblem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the receiver is.
 *
 * @param uri scheme ws or wss in lower case, with a host, without user and fragment
 */
record EndPoint(URI uri) {

    private static final String WANTED = "'end_point' must be a URL like wss://host:port/path";

    /** The end point that a text names, or null: then the problem has been reported. */
    static @Nullable EndPoint parse(String text, Consumer<OptionProblem> problems) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            return refuse(WANTED, null, problems);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.equals("http") || scheme.equals("https")) {
            return refuse(WANTED, "did you mean " + (scheme.equals("http") ? "ws" : "wss") + "://?", problems);
        }
        if ((!scheme.equals("ws") && !scheme.equals("wss")) || uri.getHost() == null) {
            return refuse(WANTED, null, problems);
        }
        if (uri.getRawUserInfo() != null) {
            return refuse(
                    "'end_point' must not hold credentials; use username and password in [transport.websocket]",
                    null,
                    problems);
        }
        if (uri.getRawFragment() != null) {
            return refuse("'end_point' must not have a part after '#'", null, problems);
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return refuse("'end_point' must have a port from 1 to 65535", null, problems);
        }
        return new EndPoint(URI.create(scheme + uri.toASCIIString().substring(scheme.length())));
    }

    boolean secure() {
        return uri.getScheme().equals("wss");
    }

    String host() {
        return uri.getHost();
    }

    /** Only names and addresses that are the loopback by definition, as DNS can be made to say anything. */
    boolean isLoopback() {
        String host = host().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }

    /** Scheme, host and port for messages; without path and query, which may hold secrets. */
    String shown() {
        int port = uri.getPort() > 0 ? uri.getPort() : secure() ? 443 : 80;
        return uri.getScheme() + "://" + host() + ":" + port;
    }

    private static @Nullable EndPoint refuse(String message, @Nullable String hint, Consumer<OptionProblem> problems) {
        problems.accept(new OptionProblem(List.of("end_point"), OptionProblem.Place.VALUE, message, hint));
        return null;
    }
}
