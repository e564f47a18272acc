package dev.logagent.testkit;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The configuration of a {@link KafkaBroker}, in Kafka's words. */
final class KafkaBrokerProperties {

    private static final String CONTROLLER = "CONTROLLER";

    /** How each listener is protected. */
    private static final Map<String, String> PROTOCOLS = new TreeMap<>(Map.of(
            CONTROLLER,
            "PLAINTEXT",
            "OPEN",
            "PLAINTEXT",
            "PROXIED",
            "PLAINTEXT",
            "TLS",
            "SSL",
            "PASSWORD",
            "SASL_PLAINTEXT"));

    private KafkaBrokerProperties() {}

    /** All but the listeners. */
    static Map<String, String> of(Path data, Path keyStore, Path trustStore) {
        Map<String, String> properties = new HashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("log.dirs", data.toString());
        properties.put("num.partitions", "3");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        // The events of tests are old.
        properties.put("log.retention.ms", "-1");
        // 128 MB otherwise: too much of a small heap.
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        properties.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        properties.put("allow.everyone.if.no.acl.found", "true");
        properties.put("super.users", "User:ANONYMOUS");
        addTls(properties, keyStore, trustStore);
        addPassword(properties);
        return properties;
    }

    /**
     * The listeners.
     *
     * @param ports where each one listens
     * @param advertised where clients should go instead, by listener
     */
    static Map<String, String> listeners(
            Map<String, Integer> ports, Map<String, Integer> advertised, int controllerPort) {
        Map<String, Integer> shown = new TreeMap<>(ports);
        shown.putAll(advertised);
        return Map.of(
                "controller.quorum.voters",
                "1@127.0.0.1:" + controllerPort,
                "controller.listener.names",
                CONTROLLER,
                "inter.broker.listener.name",
                "OPEN",
                "listeners",
                addresses(ports) + "," + addresses(Map.of(CONTROLLER, controllerPort)),
                "advertised.listeners",
                addresses(shown),
                "listener.security.protocol.map",
                joined(PROTOCOLS, ":"));
    }

    private static void addTls(Map<String, String> properties, Path keyStore, Path trustStore) {
        properties.put("ssl.keystore.type", "PEM");
        properties.put("ssl.keystore.location", keyStore.toString());
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.location", trustStore.toString());
        properties.put("listener.name.tls.ssl.client.auth", "required");
    }

    private static void addPassword(Map<String, String> properties) {
        String password = '"' + KafkaBroker.PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        properties.put("listener.name.password.sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256");
        properties.put(
                "listener.name.password.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_" + KafkaBroker.USER + "="
                        + password + ";");
        properties.put(
                "listener.name.password.scram-sha-256.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    }

    private static String addresses(Map<String, Integer> ports) {
        Map<String, String> addresses = new TreeMap<>();
        ports.forEach((name, port) -> addresses.put(name, "127.0.0.1:" + port));
        return joined(addresses, "://");
    }

    private static String joined(Map<String, String> entries, String between) {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + between + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
