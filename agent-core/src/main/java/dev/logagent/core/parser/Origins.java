package dev.logagent.core.parser;

import dev.logagent.api.FileOrigin;

/** What is known of all lines of a file: from its path, and from what container runtimes keep beside it. */
public final class Origins {

    private Origins() {}

    /** What is known of the file; reads the files of its container, if it is the log of one. */
    public static FileOrigin of(String path) {
        return ContainerFiles.complete(path, PathOrigin.of(path));
    }

    /** What a file is called without its ending and without what rotation adds: {@code app} for {@code app-2026-11-21.log}. */
    public static String stem(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int log = name.indexOf(".log");
        String start = log > 0 ? name.substring(0, log) : name.replaceFirst("\\.(txt|out|err|json)$", "");
        String stem = start.replaceFirst("[-._]?\\d{4}-?\\d{2}-?\\d{2}.*$", "").replaceFirst("[-._]+\\d*$", "");
        return stem.isEmpty() ? name : stem;
    }
}
