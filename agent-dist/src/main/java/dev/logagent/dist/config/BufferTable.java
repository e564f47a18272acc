package dev.logagent.dist.config;

import static dev.logagent.api.option.OptionSpec.integer;

import dev.logagent.api.option.OptionTable;

/** The keys of {@code [buffer]}. */
final class BufferTable {

    static final String MAX_MEMORY_BYTES = "max_memory_bytes";

    static final OptionTable TABLE = OptionTable.of(integer(MAX_MEMORY_BYTES)
            .range(2048, Double.POSITIVE_INFINITY)
            .defaultsTo(8L << 20)
            .doc("Bytes of lines that may be on their way at once; when they are used up, reading waits. At least twice"
                    + " `max_batch_bytes` and twice `max_line_bytes` for each output."));

    private BufferTable() {}
}
