package dev.logagent.dist.config;

import static dev.logagent.api.option.OptionSpec.integer;
import static dev.logagent.api.option.OptionSpec.oneOf;

import dev.logagent.api.option.OptionTable;

/** The keys of {@code [buffer]}. */
final class BufferTable {

    static final String MAX_MEMORY_BYTES = "max_memory_bytes";

    static final String MAX_DISK_BYTES = "max_disk_bytes";
    static final String ON_FULL = "on_full";

    static final OptionTable TABLE = OptionTable.of(
            integer(MAX_MEMORY_BYTES)
                    .range(2048, Double.POSITIVE_INFINITY)
                    .defaultsTo(8L << 20)
                    .doc("Bytes of lines that may be on their way at once; when they are used up, reading waits. At"
                            + " least twice `max_batch_bytes` and twice `max_line_bytes` for each output."),
            integer(MAX_DISK_BYTES)
                    .range(0, Double.POSITIVE_INFINITY)
                    .defaultsTo(1L << 30)
                    .doc("Bytes that may wait in the spool, in `state_dir`, while a destination is away and memory is"
                            + " used up. 0 turns the spool off. At least eight times `max_batch_bytes` for each output"
                            + " is advisable."),
            oneOf(ON_FULL, "block", "drop_oldest")
                    .defaultsTo("block")
                    .doc(
                            "What happens when memory and spool are used up: `block` stops reading until the destination is"
                                    + " back; `drop_oldest` gives up the oldest lines, and counts and reports them."));

    private BufferTable() {}
}
