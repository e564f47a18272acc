package dev.logagent.dist.config;

import static dev.logagent.api.option.OptionSpec.list;
import static dev.logagent.api.option.OptionSpec.string;
import static dev.logagent.api.option.OptionSpec.table;

import dev.logagent.api.option.OptionSpec;
import dev.logagent.api.option.OptionTable;
import dev.logagent.core.config.OutputConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of {@code [[outputs]]}. Those that it shares with {@code [global]} have the same names. */
final class OutputTable {

    static final String NAME = "name";
    static final String OPTIONS = "options";

    /** What {@code [global]} says of its own output, and each other output may say differently. */
    static final List<String> OVERRIDES = List.of(
            GlobalTable.MAX_SEND_TASK,
            GlobalTable.RETRY_COUNT,
            GlobalTable.RETRY_DELAY_MS,
            GlobalTable.CHANNEL_BOUND,
            GlobalTable.INTERVAL_SECS,
            GlobalTable.MAX_BATCH_SIZE,
            GlobalTable.MAX_BATCH_BYTES,
            GlobalTable.COMPRESSION,
            GlobalTable.FORMAT,
            GlobalTable.LEVEL_CASE,
            GlobalTable.INCLUDE_RAW,
            GlobalTable.ORDERING);

    /** The name is also that of a folder. */
    private static final Pattern NAME_PATTERN = Pattern.compile("[A-Za-z0-9_-]+");

    static final OptionTable TABLE = OptionTable.of(specs().toArray(OptionSpec[]::new));

    private OutputTable() {}

    private static List<OptionSpec> specs() {
        List<OptionSpec> specs = new ArrayList<>(List.of(
                string(NAME)
                        .require()
                        .range(1, 64)
                        .checkedBy(OutputTable::name)
                        .doc(
                                "Names the output in `[[routes]]`, in the log and in the state folder: letters, digits, `_`"
                                        + " and `-`. `default` is the output that `[global]` describes."),
                inGlobal(GlobalTable.SEND_TYPE),
                inGlobal(GlobalTable.END_POINT),
                list(GlobalTable.REGIONS)
                        .checkedBy(value -> TableChecks.texts(GlobalTable.REGIONS, value))
                        .doc("Regions that the output lies in or serves, for `[sovereignty]`."),
                table(OPTIONS)
                        .doc("What `[transport.NAME]` may hold, for this output alone. Default: what"
                                + " `[transport.NAME]` says.")));
        OVERRIDES.forEach(key -> specs.add(override(key)));
        return specs;
    }

    private static OptionSpec override(String key) {
        OptionSpec spec = inGlobal(key);
        return new OptionSpec(
                key,
                spec.type(),
                null,
                false,
                spec.secret(),
                "As in `[global]`, for this output. Default: what `[global]` says.",
                spec.min(),
                spec.max(),
                spec.allowed(),
                spec.columns(),
                spec.check());
    }

    private static OptionSpec inGlobal(String key) {
        return GlobalTable.TABLE.specs().stream()
                .filter(spec -> spec.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable String name(Object value) {
        if (value.equals(OutputConfig.DEFAULT_NAME)) {
            return "'default' is the name of the output that [global] describes";
        }
        return NAME_PATTERN.matcher(value.toString()).matches()
                ? null
                : "'" + NAME + "' may have letters, digits, '_' and '-' only, found '" + value + "'";
    }
}
