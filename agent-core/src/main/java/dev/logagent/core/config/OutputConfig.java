package dev.logagent.core.config;

import java.nio.file.Path;
import java.util.Set;

/**
 * One destination.
 *
 * @param name unique; the one of {@code [global]} is {@link #DEFAULT_NAME}
 * @param delivery how batches are made and sent: {@code [global]} with what the output sets differently
 * @param regions the regions the output lies in or serves; empty when it says nothing of them
 * @param parsing whether its lines are parsed
 */
public record OutputConfig(String name, GlobalConfig delivery, Set<String> regions, Parsing parsing) {

    /** Whether lines are parsed. */
    public enum Parsing {
        /** The format has no place for what would be found. */
        NEVER,
        /** Where a source names a parser: else the payload is the one it has always been. */
        WHEN_CONFIGURED,
        /** Unless a source says {@code plain}. */
        ALWAYS
    }

    /** The output that {@code [global]} describes: it gets what no route takes. */
    public static final String DEFAULT_NAME = "default";

    /** The folder for the state of other outputs than the default one, each in a folder of its name. */
    public static final String OTHERS = "outputs";

    /** An output that gets what was found in the lines of sources that name a parser. */
    public OutputConfig(String name, GlobalConfig delivery, Set<String> regions) {
        this(name, delivery, regions, Parsing.WHEN_CONFIGURED);
    }

    public OutputConfig {
        regions = Set.copyOf(regions);
    }

    /** Where the state of this output is kept; {@code stateDir} is that of the agent. */
    public Path stateFolder(Path stateDir) {
        return name.equals(DEFAULT_NAME) ? stateDir : stateDir.resolve(OTHERS).resolve(name);
    }
}
