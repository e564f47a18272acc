package dev.logagent.core.spool;

import dev.logagent.core.checkpoint.StateFolder;
import dev.logagent.core.runtime.CrashPoints;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The folder that segments are in: finds, creates, sets aside and deletes them. Confined to one thread. */
final class SegmentFiles {

    /** As many damaged segments are kept for someone to look at. */
    private static final int DAMAGED_KEPT = 2;

    private final Path folder;
    private final Opener opener;
    private final CrashPoints crashPoints;
    private final SecureRandom random = new SecureRandom();

    /** Opens a new file for writing. Tests let it fail as disks do. */
    @FunctionalInterface
    interface Opener {

        /** What the program runs with. */
        Opener DISK = file -> FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                StateFolder.ownerOnly(file, "rw-------"));

        FileChannel open(Path file) throws IOException;
    }

    SegmentFiles(Path folder, Opener opener, CrashPoints crashPoints) {
        this.folder = folder;
        this.opener = opener;
        this.crashPoints = crashPoints;
    }

    /** All that are there, in order, each with the size of its file. */
    static List<Segment> list(Path folder) throws IOException {
        List<Segment> segments = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return segments;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                SegmentName name = SegmentName.parse(String.valueOf(file.getFileName()));
                if (name != null) {
                    segments.add(new Segment(name, file, Files.size(file)));
                }
            }
        }
        segments.sort(Comparator.comparingLong(segment -> segment.name().number()));
        return segments;
    }

    /** Those that were damaged and have been set aside, in order. */
    static List<Path> damaged(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SegmentName.DAMAGED))
                    .sorted()
                    .toList();
        }
    }

    /** Creates the folder if it is not there. */
    void prepare() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, StateFolder.ownerOnly(folder, "rwx------"));
            Path parent = folder.getParent();
            if (parent != null) {
                StateFolder.force(parent);
            }
        }
    }

    /** A new segment, whose name survives a loss of power. */
    Created create(long number, long firstSequence) throws IOException {
        SegmentName name = new SegmentName(number, firstSequence, random.nextInt());
        Path path = folder.resolve(name.fileName());
        FileChannel channel = opener.open(path);
        crashPoints.reached("spool.roll.created");
        try {
            StateFolder.force(folder);
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(path);
            throw e;
        }
        crashPoints.reached("spool.roll.folder-forced");
        return new Created(new Segment(name, path, 0), new SegmentWriter(channel, name.salt()));
    }

    /** A segment and who writes to it. */
    record Created(Segment segment, SegmentWriter writer) {}

    /** Deletes a segment that nobody needs any more; a damaged one is set aside. */
    void remove(Segment segment) throws IOException {
        if (segment.isDamaged() && Files.exists(segment.path())) {
            Files.move(segment.path(), aside(segment), StandardCopyOption.ATOMIC_MOVE);
            crashPoints.reached("spool.damaged.renamed");
            List<Path> damaged = damaged(folder);
            for (Path file : damaged.subList(0, Math.max(0, damaged.size() - DAMAGED_KEPT))) {
                Files.deleteIfExists(file);
            }
        } else {
            Files.deleteIfExists(segment.path());
            crashPoints.reached("spool.segment.deleted");
        }
    }

    /** Where a damaged segment goes. */
    static Path aside(Segment segment) {
        return segment.path().resolveSibling(segment.path().getFileName() + SegmentName.DAMAGED);
    }
}
