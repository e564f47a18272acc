package dev.logagent.dist.commands;

import dev.logagent.api.encode.Rfc3339;
import dev.logagent.core.deadletter.DeadLetter;
import dev.logagent.core.deadletter.DeadLetterFolder;
import dev.logagent.dist.Invocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code log-agent dead-letter list}. */
@Command(
        name = "list",
        description = "Lists dead letters, the oldest first.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  log-agent dead-letter list",
            "  log-agent dead-letter list --output alerts --reason 413",
            "  log-agent dead-letter list --json | jq -r .event.message"
        })
final class DeadLetterListCommand implements Callable<Integer> {

    private static final int EXCERPT = 100;

    private final Invocation invocation;
    private int listed;

    @Mixin
    private final LetterFilter filter = new LetterFilter();

    @Option(names = "--json", description = "Each letter whole, as one JSON object a line, with its output.")
    private boolean json;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    DeadLetterListCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Setup setup = Setup.load(config.file, invocation)) {
            for (OutputState state : OutputState.named(filter.output, setup.agent())) {
                int before = listed;
                DeadLetterFolder.in(state.folder()).read(new Lister(state.output()));
                if (listed > before && !state.configured()) {
                    invocation
                            .err()
                            .println("no output '" + state.output()
                                    + "' is configured: its dead letters can be replayed when there is one of that name"
                                    + " again");
                }
            }
        }
        if (!json) {
            invocation.out().println(listed == 0 ? "no dead letters" : listed + " dead letters");
        }
        return 0;
    }

    private final class Lister implements DeadLetterFolder.Reader {

        private final String output;

        Lister(String output) {
            this.output = output;
        }

        @Override
        public void letter(DeadLetter letter, String line) throws IOException {
            if (!filter.matches(letter)) {
                return;
            }
            listed++;
            if (json) {
                invocation.out().println(LetterText.withOutput(line, output));
                return;
            }
            invocation
                    .out()
                    .println(letter.id() + "  " + Rfc3339.format(letter.rejectedAtMillis()) + "  " + output + "  "
                            + TextTable.printable(LetterText.origin(letter)) + "  after " + letter.attempts()
                            + (letter.attempts() == 1 ? " attempt: " : " attempts: ")
                            + TextTable.printable(letter.reason()));
            String text = letter.event().text();
            String excerpt = text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text;
            invocation.out().println("    " + TextTable.printable(excerpt));
        }

        @Override
        public void damaged(Path file, String line, String reason) {
            invocation.err().println("warning: a line of " + file + " is damaged: " + TextTable.printable(reason));
        }
    }
}
