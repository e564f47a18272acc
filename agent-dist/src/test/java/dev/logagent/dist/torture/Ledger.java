package dev.logagent.dist.torture;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Remembers which lines have been written, and which of them nobody can ask for. Safe for use by several threads. */
final class Ledger {

    private final Map<String, Integer> begun = new HashMap<>();
    private final Map<String, Integer> written = new TreeMap<>();
    private final Map<String, BitSet> excused = new HashMap<>();

    /** The next line of a stream, which somebody is about to write. */
    synchronized TestLine next(String stream) {
        return new TestLine(stream, begun.merge(stream, 1, Integer::sum) - 1);
    }

    /** All lines of the stream that were begun are in a file by now: {@code write} has returned. */
    synchronized void written(String stream) {
        written.put(stream, begun.getOrDefault(stream, 0));
    }

    /** Nobody can ask for these lines, since they were taken away before anybody could read them. */
    synchronized void excuse(String stream, int from, int to) {
        excused.computeIfAbsent(stream, s -> new BitSet()).set(from, to);
    }

    /** Whether the line may be missing. */
    synchronized boolean isExcused(TestLine line) {
        BitSet lines = excused.get(line.stream());
        return lines != null && lines.get(line.number());
    }

    /** Whether somebody has begun to write the line. */
    synchronized boolean knows(TestLine line) {
        return line.number() < begun.getOrDefault(line.stream(), 0);
    }

    /** How many lines of each stream are owed, those that are excused among them. */
    synchronized Map<String, Integer> owed() {
        return new TreeMap<>(written);
    }

    /** How many lines of a stream have been written. */
    synchronized int count(String stream) {
        return written.getOrDefault(stream, 0);
    }
}
