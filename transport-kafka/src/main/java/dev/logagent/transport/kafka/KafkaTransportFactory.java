package dev.logagent.transport.kafka;

import dev.logagent.api.encode.Format;
import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.OptionTable;
import dev.logagent.api.option.Options;
import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportContext;
import dev.logagent.api.transport.TransportFactory;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the transport {@code kafka}: one record for each event. */
public final class KafkaTransportFactory implements TransportFactory {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTransportFactory.class);

    /** Enough for one request to each of a few partitions. */
    private static final int GROWN_BATCH_SIZE = 1_000;

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String summary() {
        return "Sends each event as one record to Apache Kafka.";
    }

    @Override
    public OptionTable options() {
        return KafkaOptions.TABLE;
    }

    @Override
    public Format defaultFormat() {
        return Format.EVENT;
    }

    /** Whatever the format: each payload is of one event. */
    @Override
    public int grownBatchSize(Format format) {
        return GROWN_BATCH_SIZE;
    }

    @Override
    public Transport create(TransportContext context) throws InvalidOptionsException {
        List<OptionProblem> problems = new ArrayList<>();
        ClientProperties properties = ClientProperties.from(context, problems::add);
        if (!problems.isEmpty()) {
            throw new InvalidOptionsException(problems);
        }
        Options options = context.options();
        if (!options.bool("tls_verify_host")) {
            LOG.warn("tls_verify_host is off: whoever has a certificate of a trusted authority can pose as a broker");
        }
        RecordMaker records = new RecordMaker(context);
        KafkaOutcome outcome = new KafkaOutcome(properties.bootstrap(), records.onlyTopic() != null);
        return new KafkaTransport(
                new Producers(properties),
                records,
                outcome,
                new ClusterCheck(properties, outcome),
                options.millis("delivery_timeout_ms"),
                options.millis("request_timeout_ms"));
    }
}
