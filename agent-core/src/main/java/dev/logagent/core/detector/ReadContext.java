package dev.logagent.core.detector;

import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.discovery.FileSearch;
import dev.logagent.core.discovery.PatternSearch;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.limits.Pace;
import dev.logagent.core.lines.LineRules;
import dev.logagent.core.lines.RunMaker;
import dev.logagent.core.lines.TextEncoding;
import dev.logagent.core.multiline.Grouping;
import dev.logagent.core.runtime.MemoryBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What reading a file needs from its source.
 *
 * @param search says whose lines a file holds
 * @param pace how fast may be read
 * @param grouping which lines belong together, or null if every line is an event
 * @param groupTimeout how long an event waits for its next line
 * @param encoding of the text, or null for UTF-8
 * @param skipLines how many lines each file begins with that are passed over
 * @param room waits for room for a run, no longer than it is told; gives false if there is none
 * @param sink takes a run when there is room; gives false if the agent stops, and then has not taken it
 */
record ReadContext(
        FileSearch search,
        MemoryBudget budget,
        OpenFiles places,
        Pace pace,
        int maxLineBytes,
        @Nullable Grouping grouping,
        Duration groupTimeout,
        @Nullable TextEncoding encoding,
        int skipLines,
        Predicate<Duration> room,
        Predicate<LineRun> sink,
        AgentEvents events) {

    /** For a source of which every line is an event. */
    ReadContext(
            SourceInfo source,
            MemoryBudget budget,
            OpenFiles places,
            int maxLineBytes,
            Predicate<LineRun> sink,
            AgentEvents events) {
        this(
                new PatternSearch(source, List.of(), List.of()),
                budget,
                places,
                Pace.FREE,
                maxLineBytes,
                null,
                Duration.ZERO,
                null,
                0,
                patience -> true,
                sink,
                events);
    }

    /** The name of the source that a file's lines belong to. */
    String sourceOf(Path path) {
        return search.sourceOf(path).name();
    }

    /** What makes lines of a file that is read from an offset on. */
    LineMaking lines(FileInfo file, FileContent content, long offset) throws IOException {
        SourceInfo source = search.sourceOf(Path.of(file.path()));
        RunMaker runs =
                new RunMaker(file, new LineRules(source, maxLineBytes, grouping, groupTimeout, encoding, events));
        if (encoding != null && offset > 0) {
            byte[] beginning = new byte[2];
            runs.beginsWith(Arrays.copyOf(beginning, content.read(beginning, 0, beginning.length, 0)));
        }
        return new LineMaking(new Header(content, skipLines, offset), runs);
    }

    boolean handOver(LineRun run) {
        if (!sink.test(run)) {
            return false;
        }
        pace.took(run.count(), run.byteCount());
        events.linesRead(run);
        return true;
    }
}
