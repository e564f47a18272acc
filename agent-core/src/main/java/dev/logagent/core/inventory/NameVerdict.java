package dev.logagent.core.inventory;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the name of a file alone says against its being a log. */
final class NameVerdict {

    static final String COMPRESSED = "compressed";
    static final String JOURNAL = "systemd's journal, which is read by a source of type journald";

    private static final Set<String> LOGINS = Set.of("wtmp", "btmp", "utmp", "lastlog", "faillog", "tallylog", "pacct");

    /** What Docker keeps beside a container's log; it may hold secrets. */
    private static final Set<String> CONTAINER_FILES = Set.of("config.v2.json", "hostconfig.json");

    private static final Map<String, String> ENDINGS = Map.ofEntries(
            Map.entry("journal", JOURNAL),
            Map.entry("journal~", JOURNAL),
            Map.entry("pid", "not a log by its name"),
            Map.entry("lck", "not a log by its name"),
            Map.entry("lock", "not a log by its name"),
            Map.entry("sock", "not a log by its name"),
            Map.entry("conf", "not a log by its name"),
            Map.entry("cfg", "not a log by its name"),
            Map.entry("md", "not a log by its name"),
            Map.entry("pem", "not a log by its name"),
            Map.entry("key", "not a log by its name"),
            Map.entry("crt", "not a log by its name"),
            Map.entry("sh", "not a log by its name"),
            Map.entry("py", "not a log by its name"),
            Map.entry("html", "not a log by its name"),
            Map.entry("swp", "temporary"),
            Map.entry("swx", "temporary"),
            Map.entry("tmp", "temporary"),
            Map.entry("part", "temporary"),
            Map.entry("crash", "a crash report"),
            Map.entry("core", "a core dump"));

    private static final Set<String> PACKED =
            Set.of("gz", "bz2", "xz", "zst", "lz4", "lzo", "lzma", "z", "zip", "tar", "tgz", "tbz", "txz", "7z", "rar");

    private static final Set<String> DATABASES = Set.of(
            "db",
            "sqlite",
            "sqlite3",
            "db-wal",
            "db-shm",
            "db-journal",
            "mdb",
            "ldb",
            "sst",
            "rdb",
            "ibd",
            "frm",
            "myd",
            "myi",
            "wt",
            "bdb",
            "tdb");

    private NameVerdict() {}

    /** Why a file of this name is no log, or null if nothing is to be said against it. */
    static @Nullable String of(String name) {
        if (name.startsWith(".")) {
            return "hidden";
        }
        if (LOGINS.contains(name)) {
            return "a record of logins, not text";
        }
        if (name.startsWith("README") || CONTAINER_FILES.contains(name)) {
            return "not a log by its name";
        }
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (PACKED.contains(ending) && !ending.equals(name.toLowerCase(Locale.ROOT))) {
            return COMPRESSED;
        }
        return DATABASES.contains(ending) ? "a database" : ENDINGS.get(ending);
    }
}
