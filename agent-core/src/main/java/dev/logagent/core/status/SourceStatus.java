package dev.logagent.core.status;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one source does. What several outputs read for themselves appears once: read as far as the fastest, delivered as far
 * as the slowest. Immutable.
 *
 * @param patterns the configured paths
 * @param types what there was of each format, by its name; none for a source that is not parsed
 * @param files the files that are followed, or meant but unreadable, by path; where the source is no set of files, what is
 *     read, as if it were one
 * @param lagMillis how old the oldest line is that is not delivered, in milliseconds
 */
public record SourceStatus(
        String name,
        List<String> patterns,
        Counters counters,
        Map<String, LogType> types,
        List<FileStatus> files,
        long lagMillis) {

    public SourceStatus {
        patterns = List.copyOf(patterns);
        types = Collections.unmodifiableMap(new TreeMap<>(types));
        files = List.copyOf(files);
    }

    /** As late as the latest of its files. */
    public SourceStatus(
            String name, List<String> patterns, Counters counters, Map<String, LogType> types, List<FileStatus> files) {
        this(name, patterns, counters, types, files, latest(files));
    }

    private static long latest(List<FileStatus> files) {
        return files.stream().mapToLong(FileStatus::lagMillis).max().orElse(0);
    }

    /** How a source is, the worst last. */
    public enum State {
        FOLLOWING,
        WAITING,
        BEHIND,
        UNREADABLE
    }

    /**
     * Since the start.
     *
     * @param lines lines that were read
     * @param bytes bytes of these, terminators included
     * @param delivered lines that the destination has confirmed
     * @param lostBytes bytes that were known and have gone unread, by reason
     * @param lostRecords messages, where the source is no set of files, that have gone unread, by reason; at least
     */
    public record Counters(
            long lines,
            long bytes,
            long delivered,
            long rotations,
            long truncations,
            long splitLines,
            Map<String, Long> lostBytes,
            Map<String, Long> lostRecords) {

        public Counters {
            lostBytes = Map.copyOf(lostBytes);
            lostRecords = Map.copyOf(lostRecords);
        }

        static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0, Map.of(), Map.of());

        /** The larger of each: what two outputs have read of the same source is counted once. */
        Counters max(Counters other) {
            return new Counters(
                    Math.max(lines, other.lines),
                    Math.max(bytes, other.bytes),
                    Math.max(delivered, other.delivered),
                    Math.max(rotations, other.rotations),
                    Math.max(truncations, other.truncations),
                    Math.max(splitLines, other.splitLines),
                    lostBytes.size() >= other.lostBytes.size() ? lostBytes : other.lostBytes,
                    lostRecords.size() >= other.lostRecords.size() ? lostRecords : other.lostRecords);
        }
    }

    /** The worst of its files' states; {@code WAITING} while it has none. */
    public State state() {
        return files.stream()
                .map(file -> switch (file.state()) {
                    case UNREADABLE -> State.UNREADABLE;
                    case BEHIND -> State.BEHIND;
                    case FOLLOWING, ROTATED -> State.FOLLOWING;
                })
                .max(Comparator.naturalOrder())
                .orElse(State.WAITING);
    }

    /** The bytes that are in its files but not delivered. */
    public long lagBytes() {
        return files.stream().mapToLong(FileStatus::lagBytes).sum();
    }
}
