package dev.logagent.dist.commands;

import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.OutputConfig;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the state of one output is kept.
 *
 * @param output its name
 * @param configured whether the configuration still names it
 */
record OutputState(String output, Path folder, boolean configured) {

    /** Of all outputs that have any: those that are configured, in their order, then those that once were. */
    static List<OutputState> all(AgentConfig agent) throws IOException {
        Path state = agent.global().stateDir();
        if (Files.isDirectory(state) && !Files.isReadable(state)) {
            throw new AccessDeniedException(state.toString());
        }
        List<OutputState> all = new ArrayList<>();
        for (OutputConfig output : agent.outputs()) {
            all.add(new OutputState(output.name(), output.stateFolder(state), true));
        }
        Path others = state.resolve(OutputConfig.OTHERS);
        if (Files.isDirectory(others)) {
            try (Stream<Path> found = Files.list(others)) {
                for (Path folder :
                        new TreeSet<>(found.filter(Files::isDirectory).toList())) {
                    if (all.stream().noneMatch(known -> known.folder().equals(folder))) {
                        all.add(new OutputState(String.valueOf(folder.getFileName()), folder, false));
                    }
                }
            }
        }
        return all;
    }

    /**
     * Of all outputs, or of the one of that name.
     *
     * @param name what {@code --output} says, or null
     */
    static List<OutputState> named(@Nullable String name, AgentConfig agent) throws IOException {
        List<OutputState> all = all(agent);
        List<OutputState> chosen = all.stream()
                .filter(state -> name == null || state.output().equals(name))
                .toList();
        if (chosen.isEmpty()) {
            throw CommandFailure.usage("log-agent: there is no output '" + name + "'; there are: "
                    + all.stream().map(OutputState::output).collect(Collectors.joining(", ")));
        }
        return chosen;
    }
}
