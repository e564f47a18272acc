package dev.logagent.dist.console;

import dev.logagent.core.inventory.FoundFile;
import dev.logagent.core.inventory.FoundFile.Kind;
import java.util.List;
import java.util.Locale;

/** What was found where logs are looked for, as JSON. */
final class InventoryJson {

    /** So many files are listed; the total is of all. */
    private static final int MOST_FILES = 5_000;

    private InventoryJson() {}

    /** Adds the members {@code inventory_total} and {@code inventory}. */
    static void write(Json json, List<FoundFile> files) {
        json.field("inventory_total", files.size());
        json.key("inventory").list();
        files.stream().limit(MOST_FILES).forEach(file -> file(json, file));
        json.endList();
    }

    private static void file(Json json, FoundFile file) {
        json.object()
                .field("path", file.path().toString())
                .field("state", file.state().name().toLowerCase(Locale.ROOT))
                .field("size", file.size());
        Kind kind = file.kind();
        if (kind != null) {
            json.field("source", kind.source()).field("type", kind.type()).field("parser", kind.parser());
            json.field("service", kind.service());
            json.field("component", kind.component());
        }
        json.field("reason", file.reason()).endObject();
    }
}
