package dev.logagent.transport.kafka;

import dev.logagent.api.encode.Format;
import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Short ways to make the transport in tests. */
final class Transports {

    /** So that what is meant to fail does so soon. */
    static final Map<String, Object> IMPATIENT =
            Map.of("request_timeout_ms", 1_500L, "delivery_timeout_ms", 4_000L, "connect_timeout_ms", 1_000L);

    private Transports() {}

    static Transport kafka(String endPoint, Map<String, Object> options) throws InvalidOptionsException {
        return kafka(endPoint, options, Format.EVENT, Compression.NONE);
    }

    static Transport kafka(String endPoint, Map<String, Object> options, Format format, Compression compression)
            throws InvalidOptionsException {
        KafkaTransportFactory factory = new KafkaTransportFactory();
        return factory.create(new TransportContext(
                "agent1", "1.2.3", endPoint, factory.options().parse(options), format, compression, 4));
    }

    /** {@link #IMPATIENT} and more. */
    static Map<String, Object> impatient(Map<String, Object> more) {
        Map<String, Object> options = new HashMap<>(IMPATIENT);
        options.putAll(more);
        return options;
    }

    /** What is wrong with these options. */
    static List<OptionProblem> problems(String endPoint, Map<String, Object> options) {
        try (Transport transport = kafka(endPoint, options)) {
            throw new AssertionError("accepted: " + transport);
        } catch (InvalidOptionsException e) {
            return e.problems();
        }
    }
}
