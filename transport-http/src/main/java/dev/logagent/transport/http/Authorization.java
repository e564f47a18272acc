package dev.logagent.transport.http;

import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.Options;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Who the agent says it is, and to whom it may say so. */
final class Authorization {

    /** Headers whose values are secrets, in lower case. */
    private static final Set<String> SECRET_HEADERS =
            Set.of("authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-auth-token");

    private Authorization() {}

    /** The value of the Authorization header, or null when the options ask for none. */
    static @Nullable String from(Options options, Consumer<OptionProblem> problems) {
        Optional<String> username = options.optionalString("username");
        Optional<String> password = options.optionalString("password");
        Optional<String> token = options.optionalString("bearer_token");
        if (username.isPresent() != password.isPresent()) {
            String given = username.isPresent() ? "username" : "password";
            String missing = username.isPresent() ? "password" : "username";
            problems.accept(problem(given, "'" + given + "' needs '" + missing + "' too", null));
        }
        boolean basic = username.isPresent() || password.isPresent();
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
        return basic ? Credentials.basic(username.orElse(""), password.orElse(""), StandardCharsets.UTF_8) : null;
    }

    /** Whether the options hold something that nobody on the way may read, sent with each request. */
    static boolean isSecret(Options options) {
        return options.has("password")
                || options.has("bearer_token")
                || options.map("headers").keySet().stream()
                        .anyMatch(name -> SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT)));
    }

    /** Secrets are sent over TLS, or do not leave the host. */
    static void refuseInTheOpen(HttpUrl endPoint, Options options, Consumer<OptionProblem> problems) {
        if (!endPoint.isHttps() && isSecret(options) && !isLoopback(endPoint.host())) {
            problems.accept(problem(
                    "end_point",
                    "credentials would be sent to " + endPoint.host() + " unencrypted",
                    "use https://, or remove them"));
        }
    }

    /** Only names and addresses that are the loopback by definition, as DNS can be made to say anything. */
    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("::1")
                || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }

    private static OptionProblem problem(String option, String message, @Nullable String hint) {
        return new OptionProblem(List.of(option), OptionProblem.Place.VALUE, message, hint);
    }
}
