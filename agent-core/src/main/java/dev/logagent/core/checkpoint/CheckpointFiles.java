package dev.logagent.core.checkpoint;

import dev.logagent.core.ack.Positions;
import dev.logagent.core.checkpoint.CheckpointFormat.NewerVersionException;
import dev.logagent.core.checkpoint.CheckpointFormat.Saved;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a checkpoint in their folder, and what can be read from them.
 *
 * @param folder the state folder of one output
 */
record CheckpointFiles(Path folder) {

    Path newest() {
        return folder.resolve("checkpoint");
    }

    Path previous() {
        return folder.resolve("checkpoint.previous");
    }

    Path temporary() {
        return folder.resolve("checkpoint.new");
    }

    Path log() {
        return folder.resolve("checkpoint.log");
    }

    Path previousLog() {
        return folder.resolve("checkpoint.log.previous");
    }

    Path temporaryLog() {
        return folder.resolve("checkpoint.log.new");
    }

    /** Older agents wrote what had not been forced to disk here. */
    Path recent() {
        return folder.resolve("checkpoint.recent");
    }

    /**
     * What was read.
     *
     * @param number of the newest snapshot that is known to have been written, 0 if there was none
     * @param damaged whether something that was saved is lost
     */
    record Found(Positions positions, long number, boolean damaged) {}

    /** Gets what is damaged. */
    interface Damage {
        void found(Path path, String reason) throws IOException;
    }

    /** Reads the newest sound snapshot, and what the logs say has changed since. */
    Found load(Damage damage) throws IOException {
        Saved best = null;
        boolean damaged = false;
        for (Path path : List.of(recent(), newest(), previous())) {
            try {
                Saved saved = read(path);
                if (saved != null && (best == null || saved.number() > best.number())) {
                    best = saved;
                }
            } catch (NewerVersionException e) {
                throw unusable(path, e);
            } catch (FileSystemException e) {
                throw unreadable(path, e);
            } catch (IOException e) {
                // The recent one may be torn by a loss of power: the others are made for that.
                damaged |= !path.equals(recent());
                damage.found(path, String.valueOf(e.getMessage()));
            }
        }
        if (best == null) {
            damaged |= wasDamaged();
        }
        Saved base = best == null ? new Saved(new Positions(), 0) : best;
        LogReplay replay = new LogReplay(base.positions(), base.number(), best != null);
        damaged |= replay(replay, damage);
        damaged |= replay.hasGap();
        base.positions().takeChanged();
        return new Found(base.positions(), replay.newestSnapshot(), damaged);
    }

    /** Whether an earlier life has set something aside, and has not come to save anything since. */
    private boolean wasDamaged() throws IOException {
        try (DirectoryStream<Path> aside = Files.newDirectoryStream(folder, "checkpoint*.damaged-*")) {
            return aside.iterator().hasNext();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static @Nullable Saved read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return CheckpointFormat.read(in);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Gives whether there was damage. */
    private boolean replay(LogReplay replay, Damage damage) throws IOException {
        boolean damaged = false;
        for (Path path : List.of(previousLog(), log())) {
            String reason = replay(replay, path);
            if (reason != null) {
                damaged = true;
                damage.found(path, reason);
            }
        }
        return damaged;
    }

    private @Nullable String replay(LogReplay replay, Path path) throws IOException {
        try {
            return replay.replay(path, path.equals(log()));
        } catch (NoSuchFileException e) {
            return null; // before the first snapshot, or where a crash came before the log was begun
        } catch (NewerVersionException e) {
            throw unusable(path, e);
        } catch (FileSystemException e) {
            throw unreadable(path, e);
        }
    }

    /** It may be sound: files must not be read again for it. */
    private static IOException unreadable(Path path, FileSystemException e) {
        String reason = e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
        return new IOException(
                "the checkpoint " + path + " cannot be read (" + reason + "): let the agent's user read it", e);
    }

    private static IOException unusable(Path path, NewerVersionException e) {
        return new IOException(
                "the checkpoint " + path + " cannot be used: " + e.getMessage()
                        + "; start the newer agent, or give this one a state_dir of its own",
                e);
    }
}
