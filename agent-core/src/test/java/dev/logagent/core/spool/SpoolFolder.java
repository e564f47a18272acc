package dev.logagent.core.spool;

import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.spool.SegmentFiles.Opener;
import dev.logagent.core.testing.RecordingEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A spool of texts in a folder, and what it reported. */
final class SpoolFolder {

    static final long LARGE = 1L << 30;

    private final Path path;
    private final RecordingEvents events = new RecordingEvents();
    private long maxBytes = LARGE;
    private Opener opener = Opener.DISK;

    SpoolFolder(Path path) {
        this.path = path;
    }

    SpoolFolder maxBytes(long bytes) {
        maxBytes = bytes;
        return this;
    }

    SpoolFolder opener(Opener how) {
        opener = how;
        return this;
    }

    Path path() {
        return path;
    }

    RecordingEvents events() {
        return events;
    }

    Spool open() throws IOException {
        return Spool.open(path, maxBytes, events, CrashPoints.NONE, opener);
    }

    List<Path> segments() throws IOException {
        return SegmentFiles.list(path).stream().map(Segment::path).toList();
    }

    /** The only segment. */
    Path segment() throws IOException {
        return segments().get(0);
    }

    /** Removes what other tests left, and puts these files in its place. */
    void replaceBy(Path original) throws IOException {
        clear();
        Files.createDirectories(path);
        try (Stream<Path> files = Files.list(original)) {
            for (Path file : files.toList()) {
                Files.copy(file, path.resolve(String.valueOf(file.getFileName())));
            }
        }
    }

    private void clear() throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Writes texts and makes them durable, {@code group} at a time. */
    static void write(Spool spool, int group, List<String> texts) throws IOException {
        for (int i = 0; i < texts.size(); i++) {
            spool.write(ByteBuffer.wrap(texts.get(i).getBytes(StandardCharsets.UTF_8)));
            if ((i + 1) % group == 0 || i == texts.size() - 1) {
                spool.force();
            }
        }
    }

    /** Takes everything out and resolves it. */
    static List<String> drain(Spool spool) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String text = take(spool); text != null; text = take(spool)) {
            texts.add(text);
        }
        return texts;
    }

    /** Takes one out and resolves it. */
    static @Nullable String take(Spool spool) throws IOException {
        SpoolRecord record = spool.next();
        if (record == null) {
            return null;
        }
        spool.resolve(record.sequence());
        return text(record);
    }

    static String text(SpoolRecord record) {
        return StandardCharsets.UTF_8.decode(record.payload().duplicate()).toString();
    }

    static List<String> texts(String prefix, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(prefix + " " + i);
        }
        return texts;
    }
}
