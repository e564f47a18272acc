package dev.logagent.core.deadletter;

import dev.logagent.core.checkpoint.StateFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where the dead letters of one output are: {@code dead-letters/} of its state folder. The agent adds to {@code
 * dead-letters.jsonl}; a replay first gives that file another name, under a lock that the agent takes for each addition, and
 * so has it for itself.
 *
 * @param path the folder, which is made when there is something to put into it
 */
public record DeadLetterFolder(Path path) {

    private static final String CURRENT = "dead-letters.jsonl";

    private static final long LOCK_PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    /** The dead letters of the output that has this state folder. */
    public static DeadLetterFolder in(Path stateFolder) {
        return new DeadLetterFolder(stateFolder.resolve("dead-letters"));
    }

    /** What the agent adds to. */
    public Path current() {
        return path.resolve(CURRENT);
    }

    /** Takes each letter, and each line that is none. */
    public interface Reader {

        /** The next letter, and as it stands in its file, without its newline. */
        void letter(DeadLetter letter, String json) throws IOException, InterruptedException;

        /** A line is damaged. */
        void damaged(Path file, String line, String reason) throws IOException;
    }

    /** Reads all letters, the oldest first. */
    public void read(Reader reader) throws IOException, InterruptedException {
        for (Path file : files()) {
            read(file, reader);
        }
    }

    /**
     * The newest letters, the oldest of them first: those that stand whole in so many bytes at the end of the newest files. Lines
     * that are damaged are left out.
     */
    public List<DeadLetter> newest(int bytes) throws IOException {
        List<Path> files = files();
        List<DeadLetter> letters = new ArrayList<>();
        int left = bytes;
        for (int i = files.size() - 1; i >= 0 && left > 0; i--) {
            byte[] end = end(files.get(i), left);
            left -= end.length;
            List<DeadLetter> inFile = new ArrayList<>();
            for (String line : new String(end, StandardCharsets.UTF_8).lines().toList()) {
                try {
                    inFile.add(DeadLetterJson.read(line));
                } catch (IOException e) {
                    // Torn, or begun before what was read.
                }
            }
            letters.addAll(0, inFile);
        }
        return letters;
    }

    private static byte[] end(Path file, int most) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer end = ByteBuffer.allocate((int) Math.min(most, size));
            long start = size - end.capacity();
            int read = 0;
            while (end.hasRemaining() && read >= 0) {
                read = channel.read(end, start + end.position());
            }
            return Arrays.copyOf(end.array(), end.position());
        } catch (NoSuchFileException e) {
            return new byte[0]; // replayed meanwhile
        }
    }

    static void read(Path file, Reader reader) throws IOException, InterruptedException {
        try (BufferedReader lines = open(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    continue;
                }
                DeadLetter letter = null;
                try {
                    letter = DeadLetterJson.read(line);
                } catch (IOException e) {
                    reader.damaged(file, line, String.valueOf(e.getMessage()));
                }
                if (letter != null) {
                    reader.letter(letter, line);
                }
            }
        } catch (NoSuchFileException e) {
            return; // replayed meanwhile
        }
    }

    private static BufferedReader open(Path file) throws IOException {
        return new BufferedReader(new java.io.InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)));
    }

    /** All files with letters, the oldest first. */
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>(handedOver());
        if (Files.exists(current())) {
            files.add(current());
        }
        return files;
    }

    /** The files that the agent does not add to any more, the oldest first. */
    List<Path> handedOver() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, "*.jsonl")) {
            entries.forEach(files::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return files;
        }
        files.remove(current());
        files.sort(null);
        return files;
    }

    /** How many bytes all letters take. */
    long bytes() throws IOException {
        long bytes = 0;
        for (Path file : files()) {
            try {
                bytes += Files.size(file);
            } catch (NoSuchFileException e) {
                bytes += 0; // replayed meanwhile
            }
        }
        return bytes;
    }

    /** Gives the file that the agent adds to another name, so that it begins a new one. */
    void handOver() throws IOException {
        holdingCurrent(() -> {
            if (Files.exists(current())) {
                long millis = System.currentTimeMillis();
                while (Files.exists(handedOver(millis))) {
                    millis++;
                }
                Files.move(current(), handedOver(millis), StandardCopyOption.ATOMIC_MOVE);
                StateFolder.force(path);
            }
        });
    }

    private Path handedOver(long millis) {
        return path.resolve("dead-letters-" + millis + ".jsonl");
    }

    /** Something to do with the current file. */
    interface Step {
        void run() throws IOException;
    }

    /** Does something while nobody else adds to the current file, or gives it another name; waits for them. */
    void holdingCurrent(Step step) throws IOException {
        try (FileChannel channel = lockFile("lock")) {
            lock(channel);
            step.run();
        }
    }

    /** Locks the file until it is closed. */
    private static void lock(FileChannel channel) throws IOException {
        FileLock lock = null;
        while (lock == null) {
            try {
                lock = channel.lock();
            } catch (OverlappingFileLockException e) {
                LockSupport.parkNanos(LOCK_PAUSE_NANOS); // another thread of this process
            }
        }
    }

    /** Keeps others from replaying. Gives null if somebody does. */
    @Nullable Hold holdReplay() throws IOException {
        FileChannel channel = lockFile("replay.lock");
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new Hold(channel, lock);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            return null;
        }
        channel.close();
        return null;
    }

    private FileChannel lockFile(String name) throws IOException {
        Files.createDirectories(path, StateFolder.ownerOnly(path, "rwx------"));
        Path file = path.resolve(name);
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                StateFolder.ownerOnly(file, "rw-------"));
    }

    /** A lock until it is closed. */
    record Hold(FileChannel channel, FileLock lock) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
