package dev.logagent.transport.http;

import dev.logagent.api.encode.Format;
import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportContext;
import dev.logagent.testkit.Batches;
import java.util.List;
import java.util.Map;

/** Short ways to make the transport in tests. */
final class Transports {

    private Transports() {}

    static Transport http(String endPoint, Map<String, Object> options) throws InvalidOptionsException {
        return http(endPoint, options, Format.BATCH, Compression.NONE);
    }

    static Transport http(String endPoint, Map<String, Object> options, Format format, Compression compression)
            throws InvalidOptionsException {
        HttpTransportFactory factory = new HttpTransportFactory();
        return factory.create(new TransportContext(
                "agent1", "1.2.3", endPoint, factory.options().parse(options), format, compression, 4));
    }

    /** Sends one line over a transport of its own. */
    static SendResult sendOne(String endPoint, Map<String, Object> options) throws Exception {
        try (Transport transport = http(endPoint, options)) {
            return transport.send(Batches.of("app1", "hello"));
        }
    }

    /** What is wrong with these options. */
    static List<OptionProblem> problems(String endPoint, Map<String, Object> options) {
        try (Transport transport = http(endPoint, options)) {
            throw new AssertionError("accepted: " + transport);
        } catch (InvalidOptionsException e) {
            return e.problems();
        }
    }
}
