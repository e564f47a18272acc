package dev.logagent.dist.commands;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.logagent.core.inventory.FoundFile;
import dev.logagent.core.inventory.FoundFile.Kind;
import dev.logagent.core.inventory.FoundFile.State;
import dev.logagent.dist.Invocation;
import dev.logagent.dist.init.Inventory;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code log-agent sources}. */
@Command(
        name = "sources",
        description =
                "Shows the logs that are found on this host, what they are taken for, and why others are not read.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Looks where [discovery] of the configuration says, else in /var/log; starts nothing and sends nothing.",
            "A file is followed, or configured when a [[sources]] table means it, rotated when it is what is left of an",
            "older log, skipped when it is no log, unreadable when it may not be read.",
            "",
            "Examples:",
            "  log-agent sources",
            "  log-agent sources --all                          also what is skipped or rotated, and why",
            "  log-agent sources --json | jq 'select(.state == \"unreadable\")'"
        })
final class SourcesCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--all", description = "Also files that are skipped or rotated, and why.")
    private boolean all;

    @Option(names = "--json", description = "One JSON object a file; all of them.")
    private boolean json;

    SourcesCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        Inventory inventory = Setup.inventory(config.file, invocation);
        List<FoundFile> files = inventory.files();
        if (json) {
            for (FoundFile file : files) {
                invocation.out().println(toJson(file));
            }
            return 0;
        }
        print(files);
        if (!inventory.isEnabled()) {
            invocation.out().println("[discovery] is not enabled in the configuration: only configured files are read");
        }
        return 0;
    }

    private void print(List<FoundFile> files) {
        TextTable table = new TextTable("SOURCE", "TYPE", "PARSER", "STATE", ">SIZE", "FILE", "");
        int hidden = 0;
        for (FoundFile file : files) {
            if (!all && (file.state() == State.SKIPPED || file.state() == State.ROTATED)) {
                hidden++;
                continue;
            }
            Kind kind = file.kind();
            table.add(
                    kind == null ? "-" : kind.source(),
                    kind == null ? "-" : kind.type(),
                    kind == null ? "-" : kind.parser(),
                    word(file.state()),
                    Long.toString(file.size()),
                    file.path().toString(),
                    file.reason());
        }
        if (files.isEmpty()) {
            invocation.out().println("no file was found");
        } else if (hidden < files.size()) {
            table.print(invocation.out());
        }
        if (hidden > 0) {
            invocation.out().println(hidden + " more are skipped or rotated; --all shows them, and why");
        }
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String toJson(FoundFile file) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("path", file.path().toString());
            json.writeStringField("state", word(file.state()));
            json.writeNumberField("size", file.size());
            Kind kind = file.kind();
            if (kind != null) {
                json.writeStringField("source", kind.source());
                json.writeStringField("type", kind.type());
                json.writeStringField("parser", kind.parser());
                write("service", kind.service(), json);
                write("component", kind.component(), json);
            }
            if (!file.reason().isEmpty()) {
                json.writeStringField("reason", file.reason());
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(String name, @Nullable String value, JsonGenerator json) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
