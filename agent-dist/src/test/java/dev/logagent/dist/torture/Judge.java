package dev.logagent.dist.torture;

import dev.logagent.testkit.CollectorServer;
import dev.logagent.testkit.RecordedRequest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares what a destination has taken with what was written. Every line must be there, unaltered; a line comes after all
 * earlier ones of its stream, or after one that was there before: then a range is repeated. Confined to one thread.
 */
final class Judge {

    private final Ledger ledger;
    private final CollectorServer collector;
    private final String source;
    private final Map<String, Taken> streams = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final List<String> pieces = new ArrayList<>();
    private int requests;
    private int repeats;
    private int deepestReplay;

    /** What has been taken of one stream. */
    private static final class Taken {
        final BitSet numbers = new BitSet();
        int previous = -1;
    }

    /** Judges the lines of one source. */
    Judge(Ledger ledger, CollectorServer collector, String source) {
        this.ledger = ledger;
        this.collector = collector;
        this.source = source;
    }

    /** Looks at what has come since the last call. */
    Judge look() {
        List<RecordedRequest> all = collector.requests();
        for (RecordedRequest request : all.subList(requests, all.size())) {
            if (request.stored()) {
                request.lines(source).forEach(this::take);
            }
        }
        requests = all.size();
        return this;
    }

    private void take(String text) {
        TestLine line = TestLine.parse(text);
        if (line == null || !ledger.knows(line)) {
            pieces.add(text);
            return;
        }
        Taken taken = streams.computeIfAbsent(line.stream(), s -> new Taken());
        if (taken.numbers.get(line.number())) {
            repeats++;
            deepestReplay = Math.max(deepestReplay, taken.numbers.length() - line.number());
        }
        if (line.number() > taken.previous + 1) {
            checkSkipped(line, taken);
        }
        taken.numbers.set(line.number());
        taken.previous = line.number();
    }

    /** Lines between the previous one and this one must be there already, unless nobody can ask for them. */
    private void checkSkipped(TestLine line, Taken taken) {
        int at = taken.numbers.nextClearBit(taken.previous + 1);
        while (at < line.number()) {
            TestLine skipped = new TestLine(line.stream(), at);
            if (!ledger.isExcused(skipped)) {
                faults.add(line.stream() + " " + line.number() + " came before " + at);
                return;
            }
            at = taken.numbers.nextClearBit(at + 1);
        }
    }

    /** The lines that are owed and not there, as far as {@link #look} has seen. */
    Set<String> missing() {
        Set<String> missing = new TreeSet<>();
        ledger.owed().forEach((stream, count) -> {
            BitSet numbers = streams.computeIfAbsent(stream, s -> new Taken()).numbers;
            for (int at = numbers.nextClearBit(0); at < count; at = numbers.nextClearBit(at + 1)) {
                TestLine line = new TestLine(stream, at);
                if (!ledger.isExcused(line)) {
                    missing.add(stream + " " + at);
                }
            }
        });
        return missing;
    }

    /** Lines that came in the wrong order. */
    List<String> faults() {
        return faults;
    }

    /** What has come that is no line that anybody wrote: pieces of lines, altered lines. */
    List<String> pieces() {
        return pieces;
    }

    /** How many lines came that had come before. */
    int repeats() {
        return repeats;
    }

    /** How far before the last line of its stream a repeat began at most, in lines. */
    int deepestReplay() {
        return deepestReplay;
    }

    /** How many lines of a stream have come, repeats not counted. */
    int count(String stream) {
        Taken taken = streams.get(stream);
        return taken == null ? 0 : taken.numbers.cardinality();
    }

    /** How many lines of a stream have come before the first one that is missing. */
    int countFromStart(String stream) {
        Taken taken = streams.get(stream);
        return taken == null ? 0 : taken.numbers.nextClearBit(0);
    }
}
