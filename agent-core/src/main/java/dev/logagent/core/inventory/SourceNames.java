package dev.logagent.core.inventory;

import dev.logagent.api.FileOrigin;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.parser.Origins;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which source the lines of a found file are sent as: one that is named after its service, else after the file. Only so many
 * are told apart, because figures are kept for each. Safe for use by several threads.
 */
final class SourceNames {

    /** Further files are all sent as {@value #OTHERS}. */
    private static final int MOST_SOURCES = 500;

    private static final int MOST_PATHS = 200_000;

    private static final String OTHERS = "others";

    private final SourceInfo common;
    private final Map<Path, SourceInfo> byPath = new ConcurrentHashMap<>();
    private final Map<String, SourceInfo> byName = new HashMap<>();
    private final Set<SourceInfo> all = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param common what all of them have in common */
    SourceNames(SourceInfo common) {
        this.common = common;
    }

    SourceInfo of(Path path) {
        SourceInfo known = byPath.get(path);
        if (known != null) {
            return known;
        }
        FileOrigin origin = Origins.of(path.toString());
        String service = origin.service();
        SourceInfo source = named(service == null ? Origins.stem(path.toString()) : service);
        if (byPath.size() < MOST_PATHS) {
            byPath.put(path, source);
        }
        return source;
    }

    /** Whether it is one of these, not only equal to one. */
    synchronized boolean has(SourceInfo source) {
        return all.contains(source);
    }

    private synchronized SourceInfo named(String wanted) {
        String name = byName.containsKey(wanted) || byName.size() < MOST_SOURCES ? wanted : OTHERS;
        return byName.computeIfAbsent(name, each -> {
            SourceInfo source = new SourceInfo(
                    each, null, null, common.host(), common.region(), common.classification(), common.tags());
            all.add(source);
            return source;
        });
    }
}
