package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.FileInfo;
import dev.logagent.api.Level;
import dev.logagent.api.LineRun;
import dev.logagent.api.ParsedLinesBuilder;
import dev.logagent.core.config.ParserConfig;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses runs of one source. The result depends on the lines, their file's path and the time they were read; where the
 * format is to be found out, also on what the file held before, as long as that is known. Confined to one thread.
 */
public final class RunParser {

    /** So many files are remembered to be of a format. */
    private static final int MOST_FILES = 1024;

    private static final byte[] PLAIN = ParserConfig.PLAIN.getBytes(StandardCharsets.US_ASCII);

    private final @Nullable LineParser fixed;
    private final boolean singleLines;
    private final byte[] fixedName;
    private final ParsedLinesBuilder found = new ParsedLinesBuilder();
    private final TimeReader times;
    private final Line line;
    private final Map<Long, FileFormat> files = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, FileFormat> eldest) {
            return size() > MOST_FILES;
        }
    };
    private int unparsed;

    /**
     * @param name a known parser, or {@value ParserConfig#AUTO}, or {@value ParserConfig#REGEX}
     * @throws IllegalArgumentException if there is no such parser, or a pattern cannot be used
     */
    public RunParser(String name, ParserConfig config) {
        this(name, config, false);
    }

    /** One that does not find a file's format out, but tries every format on each line by itself. */
    static RunParser ofSingleLines(String name, ParserConfig config) {
        return new RunParser(name, config, true);
    }

    private RunParser(String name, ParserConfig config, boolean singleLines) {
        this.singleLines = singleLines;
        this.times = new TimeReader(new ZoneTimes(config.zone()));
        this.line = new Line(found, times);
        this.fixed = name.equals(ParserConfig.AUTO) ? null : Parsers.parser(name, config.patterns());
        this.fixedName = name.getBytes(StandardCharsets.US_ASCII);
    }

    /** The run with what was found in its lines. */
    public LineRun parse(LineRun run) {
        times.readAt(run.detectedAtMillis());
        FileInfo file = run.file();
        FileFormat format = files.computeIfAbsent(file.lineage(), lineage -> new FileFormat(file.path()));
        LineParser parser = fixed;
        byte[] name = fixedName;
        if (parser == null && singleLines) {
            parser = format.any();
        } else if (parser == null) {
            format.look(run, line, found);
            parser = format.parser();
            name = format.name();
        }
        unparsed = 0;
        for (int i = 0; i < run.count(); i++) {
            parse(parser, name, run.bytes(i), run.start(i), run.end(i));
        }
        format.counted(run.count(), unparsed);
        return run.parsedAs(found.build(format.origin()));
    }

    private void parse(@Nullable LineParser parser, byte[] name, byte[] bytes, int start, int end) {
        line.begin(bytes, start, end);
        boolean known = parser != null && start < end && parser.parse(line);
        if (!known) {
            found.clear();
            unparsed++;
        }
        byte[] as = known ? name : PLAIN;
        found.text(Field.PARSER, as, 0, as.length);
        if (line.isSeveral()) {
            Exceptions.find(line, bytes, start, end);
        }
        if (!found.hasLevel()) {
            found.level(Level.detect(bytes, start, end));
        }
    }

    /** How many lines of the last run went on whole. */
    int unparsed() {
        return unparsed;
    }

    /** The format that the file's lines are taken to be of, {@value ParserConfig#PLAIN} if of none. */
    String formatOf(FileInfo file) {
        FileFormat format = files.get(file.lineage());
        return fixed != null || format == null
                ? new String(fixedName, StandardCharsets.US_ASCII)
                : new String(format.name(), StandardCharsets.US_ASCII);
    }
}
