package dev.logagent.api.transport;

import dev.logagent.api.encode.Format;
import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionTable;

/** What {@code ServiceLoader} finds: makes transports of one kind. Needs a public constructor without parameters. */
public interface TransportFactory {

    /** The name that {@code send_type} and {@code [transport.NAME]} use, in lower case; compared without case. */
    String name();

    /** One sentence for {@code log-agent transports}. */
    String summary();

    /** The options of {@code [transport.NAME]}. */
    OptionTable options();

    /** What {@code format} is when the configuration does not say. */
    default Format defaultFormat() {
        return Format.BATCH;
    }

    /**
     * Up to how many events a batch may grow while it would only have to wait for earlier ones, though {@code
     * max_batch_size} is fewer: for destinations that get each event by itself, and so never see a batch; 0 for no more.
     */
    default int grownBatchSize(Format format) {
        return 0;
    }

    /**
     * Makes a transport; does not connect.
     *
     * @throws InvalidOptionsException if the options, or {@code end_point}, cannot be used; paths are keys of the option
     *     table, or {@code end_point}
     */
    Transport create(TransportContext context) throws InvalidOptionsException;
}
