package dev.logagent.dist.commands;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.dist.Invocation;
import dev.logagent.dist.LocalSocket;
import dev.logagent.dist.client.JsonValue;
import dev.logagent.dist.files.TrackedFile;
import dev.logagent.dist.files.TrackedFile.State;
import dev.logagent.dist.files.TrackedFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code log-agent files}. */
@Command(
        name = "files",
        description = "Shows how far each file is read and delivered, for each output.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Works while the agent is running, and when it is stopped. A file is open while something of it is not",
            "delivered, idle when all of it is, rotated when it has a name that rotation gave it, gone when no file",
            "holds its contents any more. LAG is what is neither delivered nor safe in the spool, in bytes. The running agent",
            "says how long the oldest line of a file has been WAITING for any output, and in the last column why.",
            "",
            "Examples:",
            "  log-agent files",
            "  log-agent files --output alerts --all",
            "  log-agent files --json | jq 'select(.lag > 0)'",
            "  log-agent files --fully-delivered | xargs -r -d '\\n' rm   free what is not needed any more",
            "  log-agent files rewind /var/log/app.log           send a file again"
        })
final class FilesCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--output", paramLabel = "NAME", description = "Only this output.")
    private @Nullable String output;

    @Option(names = "--all", description = "Also files that are gone, and remembered for some days.")
    private boolean all;

    @Option(
            names = "--fully-delivered",
            description =
                    "Only the paths of rotated files that all outputs have delivered: these may be deleted. With --output,"
                            + " the others are not asked.")
    private boolean fullyDelivered;

    @Option(names = "--json", description = "One JSON object a file.")
    private boolean json;

    FilesCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Setup setup = Setup.load(config.file, invocation)) {
            TrackedFiles tracked = new TrackedFiles(setup.agent());
            List<TrackedFile> files = new ArrayList<>();
            for (OutputConfig each : setup.outputs(output)) {
                files.addAll(read(tracked, each));
            }
            if (fullyDelivered) {
                deletable(files).forEach(invocation.out()::println);
                return 0;
            }
            List<TrackedFile> shown = files.stream()
                    .filter(file -> all || file.state() != State.GONE)
                    .toList();
            Map<String, JsonValue> live = live(setup.agent().global().stateDir());
            if (json) {
                for (TrackedFile file : shown) {
                    invocation.out().println(toJson(file, live.get(file.path().toString())));
                }
            } else {
                print(shown, files.size() - shown.size(), live);
            }
        }
        return 0;
    }

    /** What the running agent says about files, by path; nothing if none runs. */
    private static Map<String, JsonValue> live(Path stateDir) throws InterruptedException {
        Map<String, JsonValue> live = new HashMap<>();
        if (Files.isWritable(LocalSocket.of(stateDir))) {
            try (LocalAgent agent = LocalAgent.at(stateDir)) {
                if (agent.isRunning()) {
                    agent.json("/api/sources").at("sources").list().stream()
                            .flatMap(source -> source.at("files").list().stream())
                            .forEach(file -> live.put(file.text("path"), file));
                }
            }
        }
        return live;
    }

    /** The rotated files that no output needs any more. */
    private static Set<Path> deletable(List<TrackedFile> files) {
        Set<Path> deletable = new TreeSet<>();
        files.stream()
                .filter(file -> file.state() == State.ROTATED)
                .map(TrackedFile::path)
                .forEach(deletable::add);
        files.stream()
                .filter(file -> file.state() != State.ROTATED || !file.isDelivered())
                .map(TrackedFile::path)
                .forEach(deletable::remove);
        return deletable;
    }

    private static List<TrackedFile> read(TrackedFiles tracked, OutputConfig output) {
        try {
            return tracked.of(output);
        } catch (IOException e) {
            throw CommandFailure.running("log-agent: " + e.getMessage());
        }
    }

    private void print(List<TrackedFile> files, int gone, Map<String, JsonValue> live) {
        TextTable table = new TextTable(
                "OUTPUT", "SOURCE", "STATE", ">SIZE", ">READ", ">DELIVERED", ">LAG", ">WAITING", "FILE", "");
        Set<Path> deletable = deletable(files);
        for (TrackedFile file : files) {
            JsonValue now = live.get(file.path().toString());
            table.add(
                    file.output(),
                    file.source(),
                    word(file.state()),
                    text(file.size()),
                    Long.toString(file.read()),
                    Long.toString(file.delivered()),
                    text(file.lag()),
                    now == null ? "-" : Amounts.seconds(now.number("lag_seconds")),
                    file.path().toString(),
                    deletable.contains(file.path()) ? "safe to delete" : now == null ? "" : now.text("reason"));
        }
        if (files.isEmpty()) {
            invocation.out().println("no file has been read yet");
        } else {
            table.print(invocation.out());
        }
        if (gone > 0) {
            invocation.out().println(gone + " more are gone; --all shows them");
        }
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String text(OptionalLong number) {
        return number.isEmpty() ? "-" : Long.toString(number.getAsLong());
    }

    private static String toJson(TrackedFile file, @Nullable JsonValue now) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("output", file.output());
            json.writeStringField("source", file.source());
            json.writeStringField("path", file.path().toString());
            json.writeStringField("state", word(file.state()));
            write("size", file.size(), json);
            json.writeNumberField("read", file.read());
            json.writeNumberField("delivered", file.delivered());
            write("lag", file.lag(), json);
            json.writeNumberField("generation", file.generation());
            if (now != null) {
                json.writeNumberField("lag_seconds", now.number("lag_seconds"));
                json.writeStringField("reason", now.text("reason"));
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(String name, OptionalLong number, JsonGenerator json) throws IOException {
        if (number.isPresent()) {
            json.writeNumberField(name, number.getAsLong());
        } else {
            json.writeNullField(name);
        }
    }
}
