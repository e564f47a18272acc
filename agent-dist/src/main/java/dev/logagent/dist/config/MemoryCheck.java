package dev.logagent.dist.config;

import dev.logagent.api.option.OptionProblem.Place;
import dev.logagent.api.option.Options;
import java.util.ArrayList;
import java.util.List;

/** Checks that the memory, which the outputs share equally, is enough for the longest line and the largest batch. */
final class MemoryCheck {

    private static final List<String> MEMORY = List.of(ConfigTables.BUFFER, BufferTable.MAX_MEMORY_BYTES);

    private final ConfigTree tree;
    private final ProblemPlaces places;
    private final Findings findings;

    MemoryCheck(ConfigTree tree, ProblemPlaces places, Findings findings) {
        this.tree = tree;
        this.places = places;
        this.findings = findings;
    }

    /** A value that the memory must be twice as large as. */
    private record Need(List<String> path, long bytes) {

        String key() {
            return path.get(path.size() - 1);
        }
    }

    void check(ValidTables tables) {
        Need need = largest(tables);
        int outputs = 1 + tables.outputs().size();
        long least = 2 * need.bytes() * outputs;
        long memory = tables.buffer().integer(BufferTable.MAX_MEMORY_BYTES);
        if (memory >= least) {
            return;
        }
        boolean isGiven = tree.location(MEMORY) != null;
        findings.add(places.at(
                isGiven ? MEMORY : need.path(),
                Place.VALUE,
                "'max_memory_bytes' must be at least twice '" + need.key() + "'"
                        + (outputs == 1 ? "" : " for each of " + outputs + " outputs") + ", found " + memory,
                "set it to " + least + (isGiven ? " or more" : " or more in [buffer]")));
    }

    private static Need largest(ValidTables tables) {
        List<Need> needs = new ArrayList<>();
        needs.add(need(tables.global(), List.of(ConfigTables.GLOBAL), GlobalTable.MAX_LINE_BYTES));
        needs.add(need(tables.global(), List.of(ConfigTables.GLOBAL), GlobalTable.MAX_BATCH_BYTES));
        for (int i = 0; i < tables.outputs().size(); i++) {
            Options output = tables.outputs().get(i);
            if (output.has(GlobalTable.MAX_BATCH_BYTES)) {
                needs.add(
                        need(output, List.of(ConfigTables.OUTPUTS, Integer.toString(i)), GlobalTable.MAX_BATCH_BYTES));
            }
        }
        return needs.stream().reduce((a, b) -> b.bytes() > a.bytes() ? b : a).orElseThrow();
    }

    private static Need need(Options options, List<String> table, String key) {
        List<String> path = new ArrayList<>(table);
        path.add(key);
        return new Need(List.copyOf(path), options.integer(key));
    }
}
