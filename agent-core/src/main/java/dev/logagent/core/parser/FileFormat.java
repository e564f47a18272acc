package dev.logagent.core.parser;

import dev.logagent.api.FileOrigin;
import dev.logagent.api.LineRun;
import dev.logagent.api.ParsedLinesBuilder;
import dev.logagent.core.config.ParserConfig;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which format the lines of one file are of, as far as they show: the one that most of the first lines are of, until most
 * of later ones are not. Confined to one thread.
 */
final class FileFormat {

    /** So many lines of a run are looked at. */
    private static final int SAMPLE = 32;

    /** So few misses do not make one doubt. */
    private static final int LEAST_MISSES = 8;

    private static final byte[] PLAIN = ParserConfig.PLAIN.getBytes(StandardCharsets.US_ASCII);

    private final String path;
    private final FileOrigin origin;
    private @Nullable LogFormat format;
    private @Nullable LineParser any;
    private byte[] name = PLAIN;
    private long lines;
    private long nextLook;
    private int hits;
    private int misses;

    FileFormat(String path) {
        this.path = path;
        this.origin = Origins.of(path);
    }

    /** What the file's path says. */
    FileOrigin origin() {
        return origin;
    }

    @Nullable LineParser parser() {
        return format == null ? null : format.parser();
    }

    /** Tries all formats on each line, in their order: what comes of a line does not depend on others. */
    LineParser any() {
        LineParser known = any;
        if (known == null) {
            known = LogFormat.candidates(path).stream()
                    .map(LogFormat::parser)
                    .reduce(LineParser::or)
                    .orElseThrow();
            any = known;
        }
        return known;
    }

    /** The name of the format. Must not be written to. */
    byte[] name() {
        return name;
    }

    /** Takes note of how many lines of a run were not of the format. */
    void counted(int count, int unparsed) {
        lines += count;
        hits += count - unparsed;
        misses += unparsed;
        if (hits > SAMPLE * LEAST_MISSES) {
            hits /= 2;
            misses /= 2;
        }
    }

    /** Chooses, when there is a reason to: before the first lines, when many were not of the format, and now and then. */
    void look(LineRun run, Line line, ParsedLinesBuilder scratch) {
        boolean inDoubt = format != null && misses >= LEAST_MISSES && misses > hits;
        if (lines < nextLook || (format != null && !inDoubt)) {
            return;
        }
        LogFormat best = choose(path, run, line);
        scratch.reset();
        // What nobody understands is tried again ever more rarely.
        nextLook = Math.max(lines + run.count(), 2 * lines);
        if (best != null || inDoubt) {
            format = best;
            name = best == null ? PLAIN : best.key().getBytes(StandardCharsets.US_ASCII);
        }
        hits = 0;
        misses = 0;
    }

    /**
     * The format that most of the first lines are of, of several the most telling; null if there is none. What was found in
     * them is in the line.
     */
    static @Nullable LogFormat choose(String path, LineRun run, Line line) {
        int[] sample = sample(run);
        LogFormat best = null;
        int most = 0;
        for (LogFormat candidate : LogFormat.candidates(path)) {
            int matches = matches(candidate.evidenceAt(path), sample, run, line);
            if (matches > most && 2 * matches >= sample.length) {
                best = candidate;
                most = matches;
            }
            if (most == sample.length) {
                break; // none is better
            }
        }
        return best;
    }

    /** The first lines that do not look as if they belonged to the line before. */
    private static int[] sample(LineRun run) {
        return IntStream.range(0, run.count())
                .filter(i -> run.start(i) < run.end(i)
                        && run.bytes(i)[run.start(i)] != ' '
                        && run.bytes(i)[run.start(i)] != '\t')
                .limit(SAMPLE)
                .toArray();
    }

    private static int matches(LineParser parser, int[] sample, LineRun run, Line line) {
        int matches = 0;
        for (int i : sample) {
            line.begin(run.bytes(i), run.start(i), run.end(i));
            matches += parser.parse(line) ? 1 : 0;
        }
        return matches;
    }
}
