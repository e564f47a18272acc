package dev.logagent.transport.kafka;

import dev.logagent.api.option.OptionSpec;
import dev.logagent.api.option.OptionTable;
import dev.logagent.api.template.Template;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code [transport.kafka]}: the only way to configure the client. There is no way to hand it properties
 * of its own, because some of them name classes to load.
 */
final class KafkaOptions {

    static final OptionTable TABLE = OptionTable.of(
            OptionSpec.string("topic")
                    .range(1, 1_000)
                    .defaultsTo("logs")
                    .checkedBy(value -> checkTopic((String) value))
                    .doc("The topic; a template over the keys of the event, as in logs.{service}. Values are put in in"
                            + " lower case, with an underscore for each character that topics cannot have."),
            OptionSpec.string("key")
                    .range(0, 1_000)
                    .defaultsTo("{source}")
                    .checkedBy(value -> checkTemplate("key", (String) value))
                    .doc("The key of the records, a template: events with the same key stay in order. Empty for none."),
            OptionSpec.map("headers")
                    .defaultsTo(Map.of("event-id", "{id}", "content-type", "application/json"))
                    .checkedBy(KafkaOptions::checkHeaders)
                    .doc("The headers of the records, by name; their values are templates."),
            OptionSpec.integer("linger_ms")
                    .range(0, 10_000)
                    .defaultsTo(0L)
                    .doc(
                            "How long records wait for others to travel with, in milliseconds. Those that come while a request"
                                    + " is on its way travel together anyway."),
            OptionSpec.integer("batch_bytes")
                    .range(1_024, 16 * 1024 * 1024)
                    .defaultsTo(65_536L)
                    .doc("How many bytes of records of one partition travel together at most."),
            OptionSpec.integer("buffer_bytes")
                    .range(1024 * 1024, 1024 * 1024 * 1024)
                    .defaultsTo(8L * 1024 * 1024)
                    .doc("The memory for records on their way, in bytes."),
            OptionSpec.integer("max_request_bytes")
                    .range(1_024, 512 * 1024 * 1024)
                    .defaultsTo(1024L * 1024)
                    .doc("The greatest record and the greatest request, in bytes. An event that makes a greater record"
                            + " goes to the dead letters. The broker has a limit of its own, message.max.bytes."),
            OptionSpec.integer("connect_timeout_ms")
                    .range(1, 600_000)
                    .defaultsTo(5_000L)
                    .doc("How long one broker may take to accept a connection, in milliseconds."),
            OptionSpec.integer("request_timeout_ms")
                    .range(1, 600_000)
                    .defaultsTo(10_000L)
                    .doc("How long one request to a broker may take, in milliseconds; it is then made anew."),
            OptionSpec.integer("delivery_timeout_ms")
                    .range(1, 3_600_000)
                    .defaultsTo(30_000L)
                    .doc("How long records may take in all until the brokers have confirmed them, in milliseconds."),
            OptionSpec.integer("in_flight_requests")
                    .range(1, 5)
                    .defaultsTo(1L)
                    .doc("How many requests to one broker may wait for an answer. More are faster where brokers are far"
                            + " away; but then the first records for a partition can change places if its leader was not"
                            + " ready for them."),
            OptionSpec.oneOf("sasl_mechanism", "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")
                    .doc("How to prove who the agent is; needs username and password."),
            OptionSpec.string("username")
                    .range(1, 1_000)
                    .checkedBy(value -> checkPrintable("username", (String) value))
                    .doc("The user; needs sasl_mechanism and password."),
            OptionSpec.string("password")
                    .range(1, 10_000)
                    .asSecret()
                    .checkedBy(value -> checkPrintable("password", (String) value))
                    .doc("The user's password; needs sasl_mechanism and username."),
            OptionSpec.bool("tls").defaultsTo(false).doc("Whether to encrypt the connections."),
            OptionSpec.string("tls_ca")
                    .range(1, 4_096)
                    .doc("A PEM file with the certificate authorities to trust, instead of the system's; needs tls."),
            OptionSpec.string("tls_cert")
                    .range(1, 4_096)
                    .doc("A PEM file with the client's certificate and its chain; needs tls and tls_key."),
            OptionSpec.string("tls_key")
                    .range(1, 4_096)
                    .doc("A PEM file with the client's private key (PKCS#8); needs tls and tls_cert."),
            OptionSpec.string("tls_key_password")
                    .range(1, 1_000)
                    .asSecret()
                    .doc("The password of the private key, if it is encrypted; needs tls_key."),
            OptionSpec.bool("tls_verify_host")
                    .defaultsTo(true)
                    .doc("Whether a broker's certificate must name the host it is reached under."));

    private KafkaOptions() {}

    private static @Nullable String checkTopic(String text) {
        Template template;
        try {
            template = Template.parse(text, "");
        } catch (IllegalArgumentException e) {
            return "'topic' cannot be used: " + e.getMessage();
        }
        if (template.endlessKey() != null) {
            return "'topic' with {" + template.endlessKey() + "} would need a topic for every event";
        }
        if (!TopicName.isLegalPiece(template.literals())) {
            return "'topic' may only consist of letters, digits, dots, underscores and hyphens";
        }
        if (template.isConstant() && !TopicName.legalWhole(text).equals(text)) {
            return "'topic' must have at most 249 characters, not only dots, and must not start with __";
        }
        return null;
    }

    private static @Nullable String checkTemplate(String key, String text) {
        try {
            Template.parse(text, "");
            return null;
        } catch (IllegalArgumentException e) {
            return "'" + key + "' cannot be used: " + e.getMessage();
        }
    }

    private static @Nullable String checkHeaders(Object value) {
        for (Object element : ((Map<?, ?>) value).entrySet()) {
            Map.Entry<?, ?> header = (Map.Entry<?, ?>) element;
            if (((String) header.getKey()).isEmpty()) {
                return "'headers' has one without a name";
            }
            String message = checkTemplate("headers." + header.getKey(), (String) header.getValue());
            if (message != null) {
                return message;
            }
        }
        return null;
    }

    private static @Nullable String checkPrintable(String key, String text) {
        return text.chars().noneMatch(Character::isISOControl)
                ? null
                : "'" + key + "' must not hold control characters";
    }
}
