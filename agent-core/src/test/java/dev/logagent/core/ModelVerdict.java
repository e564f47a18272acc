package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.ModelFiles.Line;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what arrived with what had to arrive. */
final class ModelVerdict {

    private final ModelFiles files;
    private final ModelSink sink;

    ModelVerdict(ModelFiles files, ModelSink sink) {
        this.files = files;
        this.sink = sink;
    }

    /** A line that must arrive and has not; null if there is none. */
    @Nullable Line firstMissing() {
        for (Line line : files.lines()) {
            if (isMissing(line)) {
                return line;
            }
        }
        return null;
    }

    long countMissing() {
        return files.lines().stream().filter(this::isMissing).count();
    }

    private boolean isMissing(Line line) {
        return line.required && !sink.has(line.text);
    }

    /** What arrived and is no line. */
    List<String> unknown() {
        return sink.received().stream()
                .map(ModelSink.Received::text)
                .filter(text -> files.line(text) == null)
                .toList();
    }

    /** Nothing is missing or altered, each file is in order, and nothing is repeated without a reason. */
    void verify() {
        Map<String, Line> byText = new HashMap<>();
        files.lines().forEach(line -> byText.put(line.text, line));
        Set<String> seen = new HashSet<>();
        Map<Integer, Integer> newest = new HashMap<>();
        for (ModelSink.Received received : sink.received()) {
            Line line = byText.get(received.text());
            if (line == null) {
                assertThat(files.unfinished())
                        .as("an altered line: %s", received.text())
                        .contains(received.text());
                assertThat(received.partial())
                        .as("marked as unfinished: %s", received.text())
                        .isTrue();
            } else if (seen.add(line.text)) {
                int before = newest.getOrDefault(line.generation, -1);
                assertThat(line.number)
                        .as("order of %s after %s", line.text, before)
                        .isGreaterThan(before);
                newest.put(line.generation, line.number);
            } else {
                assertThat(line.mayRepeat)
                        .as("repeated without a reason: %s", line.text)
                        .isTrue();
            }
        }
        assertThat(files.lines().stream().filter(this::isMissing)).as("lost").isEmpty();
    }
}
