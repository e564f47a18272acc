package dev.logagent.core.status;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What the agent's own process uses; 0 where the system does not say.
 *
 * @param startedMillis when the process started, in milliseconds since the epoch
 * @param cpuSeconds since then
 * @param gcPauses how often the program stood still for the collector, since then
 * @param gcSeconds how long in all
 */
public record ProcessStatus(
        long startedMillis,
        double cpuSeconds,
        long residentBytes,
        long heapUsedBytes,
        int threads,
        int openFiles,
        long maxOpenFiles,
        long gcPauses,
        double gcSeconds) {

    private static final Path PROC = Path.of("/proc/self");
    private static final long KIB = 1024;

    // Looked up once: this is asked for every second.
    private static final List<GarbageCollectorMXBean> COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans();
    private static final java.lang.management.OperatingSystemMXBean SYSTEM =
            ManagementFactory.getOperatingSystemMXBean();
    private static final long MAX_OPEN_FILES = number(read("limits"), "Max open files");
    private static final long STARTED_MILLIS = ProcessHandle.current()
            .info()
            .startInstant()
            .map(Instant::toEpochMilli)
            .orElse(0L);

    /** As it is now. */
    public static ProcessStatus now() {
        long pauses = 0;
        long pauseMillis = 0;
        for (GarbageCollectorMXBean collector : COLLECTORS) {
            pauses += Math.max(0, collector.getCollectionCount());
            pauseMillis += Math.max(0, collector.getCollectionTime());
        }
        String status = read("status");
        return new ProcessStatus(
                STARTED_MILLIS,
                cpuTime(),
                number(status, "VmRSS:") * KIB,
                Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory(),
                (int) number(status, "Threads:"),
                openFiles(PROC.resolve("fd")),
                MAX_OPEN_FILES,
                pauses,
                pauseMillis / 1e3);
    }

    /** Asked of the JVM: whoever asks the system about a process has it look up the user and the command line as well. */
    private static double cpuTime() {
        return SYSTEM instanceof OperatingSystemMXBean system ? Math.max(0, system.getProcessCpuTime()) / 1e9 : 0;
    }

    private static String read(String name) {
        try {
            return Files.readString(PROC.resolve(name));
        } catch (IOException e) {
            return "";
        }
    }

    /** The first number after a key; 0 if there is none. */
    private static long number(String text, String key) {
        int at = text.indexOf(key);
        if (at < 0) {
            return 0;
        }
        int from = at + key.length();
        while (from < text.length() && text.charAt(from) != '\n' && !Character.isDigit(text.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < text.length() && Character.isDigit(text.charAt(to))) {
            to++;
        }
        return from == to ? 0 : Long.parseLong(text, from, to, 10);
    }

    /** Since Linux 6.2 the folder's size tells how many there are; older ones have to be counted. */
    private static int openFiles(Path folder) {
        int count = 0;
        try {
            int size = (int) Files.size(folder);
            if (size > 0) {
                return size;
            }
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
                for (Path ignored : all) {
                    count++;
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return count - 1; // the one that lists them
    }
}
