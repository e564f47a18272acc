package dev.logagent.transport.kafka;

import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.Options;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.TransportContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The properties of Kafka's clients, in its own words, made from the options.
 *
 * @param bootstrap where the brokers are
 * @param common what producers and admin clients share; holds secrets, and objects rather than text for them, so that
 *     they are masked
 * @param producer what only a producer has
 */
record ClientProperties(Bootstrap bootstrap, Map<String, Object> common, Map<String, Object> producer) {

    /** Longest wait between two tries to reach a broker; the client's own 50 ms is the shortest. */
    private static final int LONGEST_BACKOFF_MILLIS = 1_000;

    ClientProperties {
        common = Map.copyOf(common);
        producer = Map.copyOf(producer);
    }

    /** All properties of a producer. */
    Map<String, Object> forProducer() {
        Map<String, Object> all = new HashMap<>(common);
        all.putAll(producer);
        return all;
    }

    /** All properties of an admin client that gives up after one request's time. */
    Map<String, Object> forAdmin() {
        Map<String, Object> all = new HashMap<>(common);
        Object timeout = common.get(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG);
        all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(timeout));
        return all;
    }

    /** Makes them, and says what does not fit together. */
    static ClientProperties from(TransportContext context, Consumer<OptionProblem> problems) {
        Options options = context.options();
        Bootstrap bootstrap = Bootstrap.parse(context.endPoint(), problems);
        checkLimits(options, problems);
        Credentials.check(options, bootstrap, problems);
        Map<String, Object> common = new HashMap<>();
        common.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap.toString());
        common.put(
                CommonClientConfigs.CLIENT_ID_CONFIG,
                "log-agent-" + context.agentName().replaceAll("[^\\w.-]", "_"));
        common.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol(options));
        common.put(
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
                Long.toString(options.integer("connect_timeout_ms")));
        common.put(
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG,
                Long.toString(options.integer("connect_timeout_ms")));
        common.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(options.integer("request_timeout_ms")));
        common.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_BACKOFF_MILLIS);
        // Costs memory, and nobody reads it.
        common.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        common.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        Tls.addTo(common, options, problems);
        if (Credentials.given(options) && options.has("username") && options.has("password")) {
            Credentials.addTo(common, options);
        }
        return new ClientProperties(bootstrap, common, producerOnly(context));
    }

    private static Map<String, Object> producerOnly(TransportContext context) {
        Options options = context.options();
        return Map.of(
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.COMPRESSION_TYPE_CONFIG, context.compression() == Compression.GZIP ? "gzip" : "none",
                ProducerConfig.LINGER_MS_CONFIG, Long.toString(options.integer("linger_ms")),
                ProducerConfig.BATCH_SIZE_CONFIG, Long.toString(options.integer("batch_bytes")),
                ProducerConfig.BUFFER_MEMORY_CONFIG, Long.toString(options.integer("buffer_bytes")),
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Long.toString(options.integer("max_request_bytes")),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(options.integer("delivery_timeout_ms")),
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        Long.toString(options.integer("in_flight_requests")),
                ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(options.integer("request_timeout_ms")));
    }

    private static void checkLimits(Options options, Consumer<OptionProblem> problems) {
        if (options.integer("delivery_timeout_ms")
                < options.integer("linger_ms") + options.integer("request_timeout_ms")) {
            problems.accept(problem(
                    "delivery_timeout_ms",
                    "'delivery_timeout_ms' must be at least 'request_timeout_ms' and 'linger_ms' together"));
        }
        if (options.integer("max_request_bytes") > options.integer("buffer_bytes")) {
            problems.accept(
                    problem("max_request_bytes", "'max_request_bytes' must not be greater than 'buffer_bytes'"));
        }
    }

    private static String protocol(Options options) {
        String transport = options.bool("tls") ? "SSL" : "PLAINTEXT";
        return Credentials.given(options) ? "SASL_" + transport : transport;
    }

    private static OptionProblem problem(String key, String message) {
        return new OptionProblem(List.of(key), OptionProblem.Place.VALUE, message, null);
    }

    /** Without the values: some are secrets. */
    @Override
    public String toString() {
        return "ClientProperties[" + bootstrap + "]";
    }
}
