package dev.logagent.core.status;

import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.FilePosition.Reading;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.discovery.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How the followed files of one output do; looks at their sizes when asked. Safe for use by several threads. */
public final class FileFigures {

    private final Positions positions;
    private final long patienceMillis;
    private Map<FilePosition, Backlog> backlogs = new HashMap<>();

    /** @param patience a line may be undelivered for so long before its file counts as behind */
    public FileFigures(Positions positions, Duration patience) {
        this.positions = positions;
        this.patienceMillis = patience.toMillis();
    }

    /** All followed files by their source. */
    public synchronized Map<String, List<FileStatus>> sample() {
        long now = System.currentTimeMillis();
        Map<String, List<FileStatus>> files = new HashMap<>();
        Map<FilePosition, Backlog> open = new HashMap<>();
        for (FilePosition file : positions.all()) {
            Reading reading = file.reading();
            if (reading != null) {
                files.computeIfAbsent(file.source(), ignored -> new ArrayList<>())
                        .add(status(file, reading, open, now));
            }
        }
        backlogs = open;
        return files;
    }

    private FileStatus status(FilePosition file, Reading reading, Map<FilePosition, Backlog> open, long now) {
        Path path = Path.of(file.sighting().path());
        long delivered = file.acks().position().offset();
        long size = reading.size();
        long modified = TimeUnit.NANOSECONDS.toMillis(file.sighting().modifiedNanos());
        FileStat stat = reading.compressed() ? null : look(path);
        if (stat != null
                && stat.isSameFile(file.sighting().key(), file.sighting().birthNanos())) {
            size = stat.size();
            modified = TimeUnit.NANOSECONDS.toMillis(stat.modifiedNanos());
        }
        // An unfinished last line is not late: it is not a line yet.
        boolean upToDate = reading.caughtUp() && size == reading.size() && delivered >= reading.offset();
        long lag = 0;
        if (!upToDate && size > delivered) {
            Backlog backlog = backlogs.getOrDefault(file, new Backlog());
            lag = Math.max(0, now - backlog.openSince(delivered, size, Math.min(now, modified)));
            open.put(file, backlog);
        }
        FileStatus.State state = lag > patienceMillis
                ? FileStatus.State.BEHIND
                : reading.rotated() ? FileStatus.State.ROTATED : FileStatus.State.FOLLOWING;
        return new FileStatus(path.toString(), state, "", size, reading.offset(), delivered, lag);
    }

    private static @org.jspecify.annotations.Nullable FileStat look(Path path) {
        try {
            return FileStat.of(path);
        } catch (IOException e) {
            return null; // the detector reports what cannot be looked at
        }
    }
}
