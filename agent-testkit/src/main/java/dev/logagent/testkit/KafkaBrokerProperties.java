package dev.logagent.testkit;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The configuration of a {@link KafkaBroker}, in Kafka's words. */
final class KafkaBrokerProperties {

    private static final String CONTROLLER = "CONTROLLER";
    private static final int CONTROLLER_NODE = 1;

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
            "SASL_PLAINTEXT",
            "SECURE",
            "SASL_SSL"));

    private KafkaBrokerProperties() {}

    /** All but the node and its listeners. */
    static Map<String, String> of(Path data, Path keyStore, Path trustStore) {
        Map<String, String> properties = new HashMap<>();
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
        addPassword(properties, "password");
        addPassword(properties, "secure");
        return properties;
    }

    /**
     * The node and its listeners.
     *
     * @param node its number; node 1 is the controller, too
     * @param ports where each listener listens
     * @param advertised where clients should go instead, by listener
     * @param controllerPort where the controller listens
     */
    static Map<String, String> node(
            int node, Map<String, Integer> ports, Map<String, Integer> advertised, int controllerPort) {
        boolean controller = node == CONTROLLER_NODE;
        Map<String, Integer> shown = new TreeMap<>(ports);
        shown.putAll(advertised);
        return Map.of(
                "node.id",
                Integer.toString(node),
                "process.roles",
                controller ? "broker,controller" : "broker",
                "controller.quorum.voters",
                CONTROLLER_NODE + "@127.0.0.1:" + controllerPort,
                "controller.listener.names",
                CONTROLLER,
                "inter.broker.listener.name",
                "OPEN",
                "listeners",
                addresses(ports) + (controller ? "," + addresses(Map.of(CONTROLLER, controllerPort)) : ""),
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

    private static void addPassword(Map<String, String> properties, String listener) {
        String prefix = "listener.name." + listener + ".";
        String password = '"' + KafkaBroker.PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        properties.put(prefix + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
        properties.put(
                prefix + "plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_" + KafkaBroker.USER + "="
                        + password + ";");
        for (String mechanism : List.of("scram-sha-256", "scram-sha-512")) {
            properties.put(
                    prefix + mechanism + ".sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        }
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
