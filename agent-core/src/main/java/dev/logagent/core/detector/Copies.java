package dev.logagent.core.detector;

import dev.logagent.core.discovery.FileStat;
import dev.logagent.core.discovery.Fingerprint;
import dev.logagent.core.discovery.RotatedNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Whether a rotated file is a copy of one beside it, followed or read to its end, finished or not; or may be one because that
 * has just been truncated. Nothing is read from it for now: when the truncation shows, the rest is taken from it. Confined to
 * its detector's thread.
 *
 * @param followed all files that are followed
 * @param toBeLookedAt told of those whose contents may have been replaced
 */
record Copies(Generations generations, Collection<TailedFile> followed, Consumer<TailedFile> toBeLookedAt)
        implements Beginnings.CopyCheck {

    /** So long after its last write, a very short file is not taken for a copy any more that is still being made. */
    private static final long COPYING_MILLIS = 2000;

    @Override
    public boolean isCopy(Path path, FileStat stat, FileContent content) throws IOException {
        byte[] first = Contents.firstBytes(content);
        for (TailedFile original : followed) {
            if (RotatedNames.isGzip(original.path().toString()) // a copy itself, and slow to compare
                    || !beginsLike(original, first)
                    || !isBeside(original.path(), path)) {
                continue;
            }
            boolean wasOpen = original.content().isOpen();
            try {
                if (isCopyOf(original, stat, content)) {
                    return true;
                }
            } catch (NoSuchFileException e) {
                return look(original); // it has been renamed or deleted
            } finally {
                if (!wasOpen) {
                    original.content().release();
                }
            }
        }
        return generations.isCopyOfClosed(content);
    }

    /** Whether a file begins with what is known of the original's beginning, as far as it goes: nothing is opened. */
    private static boolean beginsLike(TailedFile original, byte[] first) {
        Fingerprint head = original.position().sighting().head();
        return first.length < head.length() || head.isPrefixOf(first, 0, first.length);
    }

    /** Whether copies of a file lie in the folder of another one: in its own, or in that of what a link leads to. */
    private static boolean isBeside(Path original, Path copy) {
        if (Objects.equals(original.getParent(), copy.getParent())) {
            return true;
        }
        try {
            return Files.isSymbolicLink(original)
                    && Objects.equals(original.toRealPath().getParent(), copy.getParent());
        } catch (IOException e) {
            return false; // it leads nowhere now
        }
    }

    private boolean isCopyOf(TailedFile original, FileStat stat, FileContent other) throws IOException {
        return holdsTheSame(original, other)
                || (isFresh(stat) && mayBecomeTheSame(original, other))
                || (original.point().isReplaced() && look(original));
    }

    private boolean look(TailedFile original) {
        original.look();
        toBeLookedAt.accept(original);
        return true;
    }

    /**
     * Whether the other file holds the same bytes, as far as both go and the original has been read: it is a copy, or becomes
     * one. Compares the first bytes, and those before the point up to which both can be compared.
     */
    private static boolean holdsTheSame(TailedFile original, FileContent other) throws IOException {
        long shared = Math.min(other.size(), original.point().offset());
        int head = (int) Math.min(Fingerprint.HEAD_BYTES, shared);
        int tail = (int) Math.min(Fingerprint.MARKER_BYTES, shared);
        return shared >= Fingerprint.TELLING_BYTES
                && holdTheSame(original.content(), other, 0, head)
                && holdTheSame(original.content(), other, shared - tail, tail);
    }

    /** Whether the other file holds too little to tell, all of which the original holds as well. */
    private static boolean mayBecomeTheSame(TailedFile original, FileContent other) throws IOException {
        long size = other.size();
        return size < Fingerprint.TELLING_BYTES
                && original.point().offset() >= Fingerprint.TELLING_BYTES
                && holdTheSame(original.content(), other, 0, (int) size);
    }

    private static boolean holdTheSame(FileContent one, FileContent other, long start, int length) throws IOException {
        return Contents.at(one, start, length).equals(Contents.at(other, start, length));
    }

    private static boolean isFresh(FileStat stat) {
        long age = System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(stat.modifiedNanos());
        return age < COPYING_MILLIS;
    }
}
