package dev.logagent.transport.websocket;

import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.Options;
import dev.logagent.api.transport.TransportContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the agent says of itself in the handshake, and to whom it may say it. */
final class HandshakeHeaders {

    /** These follow from the connection; a fixed value would make handshakes fail. */
    private static final Set<String> OWN = Set.of(
            "connection",
            "content-length",
            "host",
            "sec-websocket-accept",
            "sec-websocket-extensions",
            "sec-websocket-key",
            "sec-websocket-protocol",
            "sec-websocket-version",
            "transfer-encoding",
            "upgrade");

    /** Headers whose values are secrets, in lower case. */
    private static final Set<String> SECRET =
            Set.of("authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-auth-token");

    private HandshakeHeaders() {}

    /**
     * The headers that the options ask for.
     *
     * @param problems gets what cannot be used
     */
    static Map<String, String> from(TransportContext context, EndPoint endPoint, Consumer<OptionProblem> problems) {
        Options options = context.options();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put(
                "User-Agent",
                options.optionalString("user_agent")
                        .orElseGet(() -> "log-agent/" + context.agentVersion().replaceAll("[^!-~]", "-")));
        String authorization = authorization(options, problems);
        if (authorization != null) {
            headers.put("Authorization", authorization);
        }
        headers.putAll(options.map("headers"));
        boolean secret = headers.keySet().stream().anyMatch(name -> SECRET.contains(name.toLowerCase(Locale.ROOT)));
        if (secret && !endPoint.secure() && !endPoint.isLoopback()) {
            problems.accept(new OptionProblem(
                    List.of("end_point"),
                    OptionProblem.Place.VALUE,
                    "credentials would be sent to " + endPoint.host() + " unencrypted",
                    "use wss://, or remove them"));
        }
        return headers;
    }

    /** What is wrong with the option {@code headers}, or null. Never shows a value: it may be a secret. */
    static @Nullable String check(Object value) {
        for (Object element : ((Map<?, ?>) value).entrySet()) {
            Map.Entry<?, ?> header = (Map.Entry<?, ?>) element;
            String name = (String) header.getKey();
            if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
                return "header '" + name + "' is set by the agent and cannot be configured";
            }
            if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || !isValue((String) header.getValue())) {
                return "header '" + name + "' has a name or value with characters that HTTP does not allow";
            }
        }
        return null;
    }

    static boolean isVisibleAscii(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    static boolean isValue(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    private static @Nullable String authorization(Options options, Consumer<OptionProblem> problems) {
        Optional<String> username = options.optionalString("username");
        Optional<String> password = options.optionalString("password");
        Optional<String> token = options.optionalString("bearer_token");
        boolean basic = username.isPresent() || password.isPresent();
        if (username.isPresent() != password.isPresent()) {
            String given = username.isPresent() ? "username" : "password";
            String missing = username.isPresent() ? "password" : "username";
            problems.accept(problem(given, "'" + given + "' needs '" + missing + "' too", null));
        }
        if (basic && token.isPresent()) {
            problems.accept(
                    problem("bearer_token", "'bearer_token' excludes 'username' and 'password'", "remove one of them"));
        }
        if ((basic || token.isPresent())
                && options.map("headers").keySet().stream().anyMatch("authorization"::equalsIgnoreCase)) {
            problems.accept(problem(
                    "headers",
                    "header 'Authorization' excludes 'username', 'password' and 'bearer_token'",
                    "remove one of them"));
        }
        if (token.isPresent()) {
            return "Bearer " + token.get();
        }
        if (!basic) {
            return null;
        }
        byte[] credentials = (username.orElse("") + ":" + password.orElse("")).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    private static OptionProblem problem(String option, String message, @Nullable String hint) {
        return new OptionProblem(List.of(option), OptionProblem.Place.VALUE, message, hint);
    }
}
