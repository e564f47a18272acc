package dev.logagent.transport.http;

import dev.logagent.api.option.OptionSpec;
import dev.logagent.api.option.OptionTable;
import dev.logagent.api.tls.Tls;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** The options of {@code [transport.http]}. */
final class HttpOptions {

    static final OptionTable TABLE = OptionTable.of(
            OptionSpec.oneOf("method", "POST", "PUT").defaultsTo("POST").doc("The method of the requests."),
            OptionSpec.integer("connect_timeout_ms")
                    .range(1, 600_000)
                    .defaultsTo(5_000L)
                    .doc("How long one address may take to accept a connection, in milliseconds."),
            OptionSpec.integer("request_timeout_ms")
                    .range(1, 3_600_000)
                    .defaultsTo(30_000L)
                    .doc("How long one request may take from beginning to end, in milliseconds."),
            OptionSpec.map("headers")
                    .asSecret()
                    .checkedBy(HttpOptions::checkHeaders)
                    .doc("Headers that every request carries besides the agent's own."),
            OptionSpec.string("username")
                    .range(1, 1_000)
                    .checkedBy(value -> ((String) value).contains(":") ? "'username' must not contain a colon" : null)
                    .doc("The user for basic authentication; needs password."),
            OptionSpec.string("password").asSecret().doc("The password for basic authentication; needs username."),
            OptionSpec.string("bearer_token")
                    .range(1, 100_000)
                    .asSecret()
                    .checkedBy(value -> isVisibleAscii((String) value)
                            ? null
                            : "'bearer_token' must consist of visible ASCII characters")
                    .doc("The token for bearer authentication, instead of username and password."),
            Tls.CA,
            Tls.CERT,
            Tls.KEY,
            Tls.INSECURE,
            OptionSpec.string("proxy")
                    .range(1, 4_096)
                    .asSecret()
                    .doc("An HTTP proxy to go through, http://host:port or http://user:password@host:port."),
            OptionSpec.list("no_proxy")
                    .doc("Hosts that are reached without the proxy: a name stands for itself and all below it, * for"
                            + " all."),
            OptionSpec.string("user_agent")
                    .range(1, 1_000)
                    .checkedBy(value ->
                            isHeaderValue((String) value) ? null : "'user_agent' must consist of ASCII characters")
                    .doc("The User-Agent header; the agent's name and version if not given."));

    /** These follow from the batch; a fixed value would make requests wrong. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "connection",
            "content-encoding",
            "content-length",
            "expect",
            "host",
            "idempotency-key",
            "log-agent-batch",
            "transfer-encoding");

    private HttpOptions() {}

    private static @Nullable String checkHeaders(Object value) {
        for (Object element : ((Map<?, ?>) value).entrySet()) {
            Map.Entry<?, ?> header = (Map.Entry<?, ?>) element;
            String name = (String) header.getKey();
            if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                return "header '" + name + "' is set by the agent and cannot be configured";
            }
            try {
                Headers.of(name, (String) header.getValue());
            } catch (IllegalArgumentException e) {
                // The exception's message may show the value, which may be a secret.
                return "header '" + name + "' has a name or value with characters that HTTP does not allow";
            }
        }
        return null;
    }

    private static boolean isVisibleAscii(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static boolean isHeaderValue(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }
}
