package dev.logagent.dist.check;

import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.runtime.DescriptorLimit;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What of the host an agent depends on, whatever the destination. Changes nothing. */
public final class SystemCheck {

    /** What many systems allow, and nobody misses. */
    private static final long USUAL_WATCHES = 65_536;

    private static final Path INOTIFY = Path.of("/proc/sys/fs/inotify");
    private static final int RECOMMENDED_JAVA = 17;
    private static final long MIB = 1L << 20;
    private static final int DESCRIPTORS_BESIDES_FILES = 64;

    private SystemCheck() {}

    /** Looks at everything. */
    public static void run(AgentConfig config, List<Path> configFiles, Consumer<Finding> findings)
            throws InterruptedException {
        findings.accept(java());
        configFiles.forEach(file -> permissions(file, findings));
        config.sources().forEach(source -> folders(source, findings));
        findings.accept(inotify(config));
        findings.accept(descriptors(config));
        disk(config, findings);
        findings.accept(clock());
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        long heap = Runtime.getRuntime().maxMemory() / MIB;
        String what = "Java";
        String is = version + " (" + System.getProperty("java.home") + "), heap of " + heap + " MiB";
        return version < RECOMMENDED_JAVA
                ? Finding.fail(what, is + ": install Java 17 or newer, and let LOG_AGENT_JAVA_HOME name its folder")
                : Finding.ok(what, is);
    }

    private static void permissions(Path file, Consumer<Finding> findings) {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE)) {
                findings.accept(Finding.fail(
                        "configuration " + file,
                        "everybody may change it, and so what leaves this host: chmod o-w " + file));
            }
        } catch (IOException | UnsupportedOperationException e) {
            findings.accept(Finding.warn("configuration " + file, "its permissions cannot be read: " + e.getMessage()));
        }
    }

    /** Files below a folder that cannot be entered do not match any pattern: nothing else would tell. */
    private static void folders(SourceConfig source, Consumer<Finding> findings) {
        for (String pattern : source.logPaths()) {
            Path folder = fixedFolder(pattern);
            if (folder != null && (!Files.isReadable(folder) || !Files.isExecutable(folder))) {
                String user = System.getProperty("user.name");
                findings.accept(Finding.fail(
                        "source '" + source.name() + "'",
                        "folder " + folder + " of " + pattern + " cannot be looked into by user " + user
                                + ": add the user to its group, or run: setfacl -m u:" + user + ":rx '" + folder
                                + "'"));
            }
        }
    }

    /** The deepest existing folder of a pattern before its first sign; null if there is none. */
    private static @Nullable Path fixedFolder(String pattern) {
        String fixed = LogFiles.isGlob(pattern) ? pattern.split("[*?\\[{]", 2)[0] : pattern;
        @Nullable Path folder = Path.of(fixed.substring(0, fixed.lastIndexOf('/') + 1));
        while (folder != null && !Files.isDirectory(folder)) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static Finding inotify(AgentConfig config) {
        String what = "inotify";
        Set<Path> folders = new HashSet<>();
        for (SourceConfig source : config.sources()) {
            try {
                LogFiles.matching(source.logPaths(), source.exclude()).forEach(file -> folders.add(file.getParent()));
            } catch (IOException | RuntimeException e) {
                return Finding.warn(what, "cannot be judged: " + e.getMessage());
            }
        }
        long most = number(INOTIFY.resolve("max_user_watches"));
        try {
            FileSystems.getDefault().newWatchService().close();
        } catch (IOException e) {
            return Finding.warn(
                    what,
                    "no more instances for this user, so changes are noticed later: sysctl -w"
                            + " fs.inotify.max_user_instances=" + 2 * number(INOTIFY.resolve("max_user_instances")));
        }
        return most > 0 && folders.size() > most / 2
                ? Finding.warn(
                        what,
                        folders.size() + " folders to watch, and this user may watch " + most
                                + ": sysctl -w fs.inotify.max_user_watches="
                                + Math.max(USUAL_WATCHES, 4L * folders.size()))
                : Finding.ok(what, folders.size() + " folders to watch, " + most + " allowed");
    }

    /** Not by readString: the kernel gives a number of its settings to the first read only, and that would ask for one byte. */
    private static long number(Path file) {
        try {
            return Long.parseLong(Files.readAllLines(file).get(0));
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private static Finding descriptors(AgentConfig config) {
        String what = "file descriptors";
        int limit = DescriptorLimit.ofProcess();
        int needed = DESCRIPTORS_BESIDES_FILES;
        for (SourceConfig source : config.sources()) {
            try {
                needed += LogFiles.matching(source.logPaths(), source.exclude()).size()
                        * config.outputs().size();
            } catch (IOException | RuntimeException e) {
                return Finding.warn(what, "cannot be judged: " + e.getMessage());
            }
        }
        return limit < needed
                ? Finding.warn(
                        what,
                        limit + " allowed, about " + needed + " useful: files are closed and opened again; raise"
                                + " LimitNOFILE of the service, or ulimit -n")
                : Finding.ok(what, limit + " allowed, about " + needed + " useful");
    }

    private static void disk(AgentConfig config, Consumer<Finding> findings) {
        Path folder = config.global().stateDir();
        String what = "disk of " + folder;
        @Nullable Path existing = folder;
        while (existing != null && !Files.isDirectory(existing)) {
            existing = existing.getParent();
        }
        try {
            long free = existing == null ? 0 : Files.getFileStore(existing).getUsableSpace();
            long wanted = config.buffer().maxDiskBytes();
            findings.accept(
                    free < wanted
                            ? Finding.warn(
                                    what,
                                    free / MIB + " MiB free, and the spool may take " + wanted / MIB
                                            + " MiB: make room, set state_dir to another disk, or lower max_disk_bytes in"
                                            + " [buffer]")
                            : Finding.ok(what, free / MIB + " MiB free, the spool may take " + wanted / MIB + " MiB"));
        } catch (IOException e) {
            findings.accept(Finding.warn(what, "its free space cannot be found out: " + e.getMessage()));
        }
    }

    /** A wrong clock gives lines wrong times, and makes certificates look expired. */
    private static Finding clock() throws InterruptedException {
        String what = "clock";
        try {
            Process asked = new ProcessBuilder("timedatectl", "show", "-p", "NTPSynchronized", "--value")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!asked.waitFor(2, TimeUnit.SECONDS)) {
                asked.destroyForcibly();
                return Finding.ok(what, "nobody says whether it is synchronised");
            }
            return switch (new String(asked.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
                    .strip()) {
                case "yes" -> Finding.ok(what, "synchronised");
                case "no" ->
                    Finding.warn(what, "not synchronised, events may carry wrong times: timedatectl set-ntp true");
                default -> Finding.ok(what, "nobody says whether it is synchronised");
            };
        } catch (IOException e) {
            return Finding.ok(what, "nobody says whether it is synchronised");
        }
    }
}
