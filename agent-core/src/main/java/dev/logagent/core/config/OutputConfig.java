package dev.logagent.core.config;

import java.util.Set;

/**
 * One destination.
 *
 * @param name unique; the one of {@code [global]} is {@link #DEFAULT_NAME}
 * @param delivery how batches are made and sent: {@code [global]} with what the output sets differently
 * @param regions the regions the output lies in or serves; empty when it says nothing of them
 */
public record OutputConfig(String name, GlobalConfig delivery, Set<String> regions) {

    /** The output that {@code [global]} describes: it gets what no route takes. */
    public static final String DEFAULT_NAME = "default";

    public OutputConfig {
        regions = Set.copyOf(regions);
    }
}
