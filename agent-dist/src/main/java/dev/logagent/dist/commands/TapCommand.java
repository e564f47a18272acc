package dev.logagent.dist.commands;

import dev.logagent.api.Level;
import dev.logagent.api.option.Suggestion;
import dev.logagent.dist.Invocation;
import dev.logagent.dist.Signals;
import dev.logagent.dist.client.JsonValue;
import dev.logagent.dist.commands.LocalAgent.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code log-agent tap}. */
@Command(
        name = "tap",
        description = "Shows lines as they pass through the running agent.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Shows lines as they are sent on: what [[redact]] takes out is not there. A sample if there are more than a person",
            "can follow. Ends with Ctrl-C, exit code 0.",
            "",
            "Examples:",
            "  log-agent tap",
            "  log-agent tap --source app1 --level warning",
            "  log-agent tap --text timeout --json | jq -r .text",
            "  log-agent tap --rejected                         what is refused from now on, and why"
        })
final class TapCommand implements Callable<Integer> {

    private static final long POLL_MILLIS = 500;

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--source", paramLabel = "NAME", description = "Only lines of this source.")
    private @Nullable String source;

    @Option(names = "--output", paramLabel = "NAME", description = "Only lines for this output.")
    private @Nullable String output;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "Only lines of this level or a worse one: ${COMPLETION-CANDIDATES}.")
    private @Nullable Level level;

    @Option(names = "--text", paramLabel = "TEXT", description = "Only lines that hold this, in any case.")
    private @Nullable String text;

    @Option(names = "--rejected", description = "Events that a destination refuses for good, with its reason.")
    private boolean rejected;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "End after so many.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    private volatile boolean enough;
    private long shown;

    TapCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (count < 1) {
            throw CommandFailure.usage("log-agent: --count must be at least 1, found " + count);
        }
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Signals.onStop(() -> enough(ended));
        try (LocalAgent agent = LocalAgent.of(config.file)) {
            requireKnown(agent);
            if (rejected) {
                followRejected(agent, ended);
            } else {
                agent.follow(
                        LocalAgent.target(
                                "/api/events",
                                new Parameter("source", source),
                                new Parameter("output", output),
                                new Parameter("level", level == null ? null : level.name()),
                                new Parameter("text", text)),
                        message -> show(message, ended),
                        ended);
                ended.join();
            }
        }
        if (!enough) {
            throw CommandFailure.running("log-agent: the agent has ended, or refuses to show its lines");
        }
        return 0;
    }

    /** Waiting in vain for a name that is misspelt would look like a log in which nothing happens. */
    private void requireKnown(LocalAgent agent) throws InterruptedException {
        List<String> outputs = output == null ? List.of() : names(agent, "outputs");
        if (output != null && !outputs.contains(output)) {
            throw CommandFailure.usage("log-agent: there is no output '" + output + "'; there are: " + outputs);
        }
        List<String> sources = source == null ? List.of() : names(agent, "sources");
        if (source != null && !sources.contains(source)) {
            String nearest = Suggestion.nearest(source, sources);
            invocation
                    .err()
                    .println("log-agent: there is no source '" + source + "' yet"
                            + (nearest == null ? "" : ", did you mean '" + nearest + "'?") + "; waiting for one");
        }
    }

    private static List<String> names(LocalAgent agent, String what) throws InterruptedException {
        return agent.json("/api/" + what).at(what).list().stream()
                .map(one -> one.text("name"))
                .toList();
    }

    private void enough(CompletableFuture<Void> ended) {
        enough = true;
        ended.complete(null);
    }

    /** Asked for now and then: what is refused is rare, and on disk. */
    private void followRejected(LocalAgent agent, CompletableFuture<Void> ended) throws InterruptedException {
        Set<String> known = new HashSet<>();
        boolean first = true;
        while (!ended.isDone()) {
            List<JsonValue> letters =
                    agent.json("/api/dead-letters").at("dead_letters").list();
            Set<String> present = new HashSet<>();
            for (int i = letters.size() - 1; i >= 0; i--) {
                JsonValue letter = letters.get(i);
                String key = letter.text("id") + letter.text("rejected_at") + letter.text("output");
                present.add(key);
                if (!first && !known.contains(key) && isWanted(letter)) {
                    print(letter.text("rejected_at"), "REJECTED", letter, letter.text("reason") + ": ", ended);
                }
            }
            known = present;
            first = false;
            try {
                ended.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Time to look again.
            } catch (ExecutionException e) {
                throw new IllegalStateException("never completed with an exception", e);
            }
        }
    }

    private boolean isWanted(JsonValue letter) {
        return (source == null || source.equals(letter.text("source")))
                && (output == null || output.equals(letter.text("output")))
                && (text == null
                        || letter.text("text").toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)));
    }

    private void show(String message, CompletableFuture<Void> ended) {
        JsonValue lines;
        try {
            lines = JsonValue.parse(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (JsonValue line : lines.at("lines").list()) {
            print(line.text("at"), line.text("level"), line, "", ended);
        }
        long hidden = (long) lines.number("not_shown");
        if (hidden > 0 && !json && !enough) {
            invocation.err().println("(" + hidden + " more lines are not shown: too many at once)");
        }
    }

    private void print(String time, String word, JsonValue line, String before, CompletableFuture<Void> ended) {
        if (enough) {
            return;
        }
        if (json) {
            invocation.out().println(line);
        } else {
            invocation
                    .out()
                    .println(time + "  " + String.format(Locale.ROOT, "%-8s", word) + "  " + line.text("source") + "  "
                            + TextTable.printable(before + line.text("text")));
        }
        shown++;
        // A reader that has gone away, such as head, has seen enough.
        if (invocation.out().checkError() || shown == count) {
            enough(ended);
        }
    }
}
