package dev.logagent.core.discovery;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.Threads;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells detectors of changes in folders, as fast as the system does (inotify on Linux). Events are hints only: whoever is
 * told looks for itself, and looks now and then without being told, so that nothing depends on an event. Safe for use by
 * several threads.
 */
public final class FileWatcher implements AutoCloseable {

    private final @Nullable WatchService service;
    private final AgentEvents events;
    private final Map<WatchKey, Watched> watched = new ConcurrentHashMap<>();
    private final Set<Path> refused = ConcurrentHashMap.newKeySet();

    /** File systems that other hosts write to as well: the system tells only of what this one does. */
    private static final Set<String> SHARED = Set.of(
            "9p",
            "afs",
            "beegfs",
            "ceph",
            "cifs",
            "gfs2",
            "gpfs",
            "lustre",
            "nfs",
            "nfs4",
            "ocfs2",
            "smb3",
            "smbfs",
            "vboxsf",
            "virtiofs");

    private record Watched(Path folder, boolean isShared, Set<Listener> listeners) {}

    /** Is told of changes, on the watcher's thread: must return at once. */
    public interface Listener {

        /** A file has been written to. */
        void written(Path file);

        /** A name has come or gone. */
        void named(Path name);

        /** A folder has gone, or events were lost: look at everything. */
        void rearranged();
    }

    /** Makes the watcher of a pipeline. */
    @FunctionalInterface
    public interface Factory {
        FileWatcher create(AgentEvents events, FatalError fatal);
    }

    /** A watcher that is told of changes by the system, as far as it can. */
    public FileWatcher(AgentEvents events, FatalError fatal) {
        this(events, fatal, open(events));
    }

    /** A watcher that is told of nothing, as on a system that cannot watch: every folder is polled. */
    public static FileWatcher polling(AgentEvents events, FatalError fatal) {
        return new FileWatcher(events, fatal, null);
    }

    private FileWatcher(AgentEvents events, FatalError fatal, @Nullable WatchService service) {
        this.events = events;
        this.service = service;
        if (service != null) {
            Threads.startPlatform("file-watcher", fatal.guard(() -> run(service)));
        }
    }

    private static @Nullable WatchService open(AgentEvents events) {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            events.watchingUnavailable("file watching", String.valueOf(e.getMessage()));
            return null;
        }
    }

    /**
     * Tells the listener of changes in the folder from now on; telling twice is harmless.
     *
     * @return false if the folder must be polled: it cannot be watched, or not everything that happens there is told
     */
    public boolean watch(Path folder, Listener listener) {
        if (service == null) {
            return false;
        }
        try {
            WatchKey key = folder.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
            Watched target = watched.computeIfAbsent(
                    key, k -> new Watched(folder, isShared(folder), ConcurrentHashMap.newKeySet()));
            target.listeners().add(listener);
            refused.remove(folder);
            return !target.isShared();
        } catch (java.nio.file.NoSuchFileException | java.nio.file.NotDirectoryException e) {
            return false;
        } catch (IOException e) {
            // Told once for all folders: a limit that is reached is reached for every further one.
            if (refused.isEmpty() && refused.add(folder)) {
                events.watchingUnavailable(folder + " and perhaps more", String.valueOf(e.getMessage()));
            }
            return false;
        } catch (ClosedWatchServiceException e) {
            return false;
        }
    }

    private static boolean isShared(Path folder) {
        try {
            return isShared(Files.getFileStore(folder).type());
        } catch (IOException e) {
            return false; // as in a chroot, whose own root no mount table names
        }
    }

    /** Whether a file system of that type, as {@code /proc/mounts} names it, may be written to by other hosts. */
    static boolean isShared(String type) {
        return type.equals("fuse") || type.startsWith("fuse.") || SHARED.contains(type);
    }

    private void run(WatchService service) {
        try {
            while (true) {
                WatchKey key = service.take();
                Watched target = watched.get(key);
                for (WatchEvent<?> event : key.pollEvents()) {
                    if (target != null) {
                        tell(target, event);
                    }
                }
                if (!key.reset()) {
                    watched.remove(key);
                    if (target != null) {
                        target.listeners().forEach(Listener::rearranged);
                    }
                }
            }
        } catch (ClosedWatchServiceException e) {
            return; // the agent stops
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(Watched target, WatchEvent<?> event) {
        if (event.context() instanceof Path name) {
            Path path = target.folder().resolve(name);
            boolean written = event.kind().equals(ENTRY_MODIFY);
            target.listeners().forEach(written ? listener -> listener.written(path) : listener -> listener.named(path));
        } else if (event.kind().equals(OVERFLOW)) {
            target.listeners().forEach(Listener::rearranged);
        }
    }

    @Override
    public void close() {
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                events.watchingUnavailable("closing the watcher", String.valueOf(e.getMessage()));
            }
        }
    }
}
