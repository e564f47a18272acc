package dev.logagent.dist.config;

import static dev.logagent.api.option.OptionSpec.bool;
import static dev.logagent.api.option.OptionSpec.integer;

import dev.logagent.api.option.OptionTable;
import dev.logagent.core.config.LimitsConfig;

/** The keys of {@code [limits]}. */
final class LimitsTable {

    static final String MAX_OPEN_FILES = "max_open_files";
    static final String MAX_HELD_DELETED_BYTES = "max_held_deleted_bytes";
    static final String DROP_HELD_DELETED = "drop_held_deleted";
    static final String MAX_DEAD_LETTER_BYTES = "max_dead_letter_bytes";

    static final String MAX_LINES_PER_SEC = "max_lines_per_sec";
    static final String MAX_BYTES_PER_SEC = "max_bytes_per_sec";
    static final String CPU_PERCENT = "cpu_percent";

    static final OptionTable TABLE = OptionTable.of(
            integer(MAX_OPEN_FILES)
                    .range(1, Integer.MAX_VALUE)
                    .doc("How many log files may be open at once. Idle ones are closed before others, and opened again"
                            + " when they grow. Default: what `ulimit -n` leaves, at most 4096."),
            integer(MAX_HELD_DELETED_BYTES)
                    .range(0, Double.POSITIVE_INFINITY)
                    .defaultsTo(LimitsConfig.DEFAULTS.maxHeldDeletedBytes())
                    .doc("Bytes of disk space that may be held by files that were deleted before they were read."
                            + " More is reported."),
            bool(DROP_HELD_DELETED)
                    .defaultsTo(false)
                    .doc("Whether the oldest of these files are given up, unread, when they hold more; the lost"
                            + " bytes are counted and reported. Otherwise they are kept until they are read."),
            integer(MAX_DEAD_LETTER_BYTES)
                    .range(0, Double.POSITIVE_INFINITY)
                    .defaultsTo(LimitsConfig.DEFAULTS.maxDeadLetterBytes())
                    .doc("Bytes that dead letters of one output may take, in `state_dir`. When they are full, a"
                            + " batch with an event that is refused for good waits until there is room: replay or"
                            + " remove some."),
            integer(MAX_LINES_PER_SEC)
                    .range(0, Double.POSITIVE_INFINITY)
                    .defaultsTo(0L)
                    .doc("Lines that may be read in a second, over all sources; each of them has its turn. What is more"
                            + " stays in the files until later. 0 for no limit."),
            integer(MAX_BYTES_PER_SEC)
                    .range(0, Double.POSITIVE_INFINITY)
                    .defaultsTo(0L)
                    .doc("Bytes of lines that may be read in a second, over all sources. 0 for no limit."),
            integer(CPU_PERCENT)
                    .range(0, 100_000)
                    .defaultsTo(0L)
                    .doc(
                            "How much of one processor the agent may use on the average, in percent: reading waits while it"
                                    + " uses more. 100 is one whole processor, 0 no limit."));

    private LimitsTable() {}
}
