package dev.logagent.transport.rabbitmq;

import dev.logagent.api.encode.Format;
import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportContext;
import java.util.List;
import java.util.Map;

/** Short ways to make the transport in tests. */
final class Transports {

    private Transports() {}

    static Transport rabbitmq(String endPoint, Map<String, Object> options) throws InvalidOptionsException {
        return rabbitmq(endPoint, options, Format.EVENT);
    }

    static Transport rabbitmq(String endPoint, Map<String, Object> options, Format format)
            throws InvalidOptionsException {
        return new RabbitTransportFactory().create(context(endPoint, options, format, Compression.NONE));
    }

    static TransportContext context(
            String endPoint, Map<String, Object> options, Format format, Compression compression)
            throws InvalidOptionsException {
        return new TransportContext(
                "Agent One", "1.2.3", endPoint, RabbitOptions.TABLE.parse(options), format, compression, 4);
    }

    /** What is wrong with these options. */
    static List<OptionProblem> problems(String endPoint, Map<String, Object> options, Format format) {
        try (Transport transport = rabbitmq(endPoint, options, format)) {
            throw new AssertionError("accepted: " + transport);
        } catch (InvalidOptionsException e) {
            return e.problems();
        }
    }
}
