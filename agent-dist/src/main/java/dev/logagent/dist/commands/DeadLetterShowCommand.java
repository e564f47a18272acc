package dev.logagent.dist.commands;

import dev.logagent.api.encode.Rfc3339;
import dev.logagent.core.deadletter.DeadLetter;
import dev.logagent.core.deadletter.DeadLetterFolder;
import dev.logagent.dist.Invocation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code log-agent dead-letter show}. */
@Command(
        name = "show",
        description = "Shows one dead letter whole.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  log-agent dead-letter show 92f1c0a7be5d3310-1c"})
final class DeadLetterShowCommand implements Callable<Integer> {

    private final Invocation invocation;
    private boolean found;

    @Parameters(paramLabel = "ID", description = "The id of the event, as log-agent dead-letter list shows it.")
    private String id = "";

    @Option(names = "--output", paramLabel = "NAME", description = "Look only in this output's.")
    private @Nullable String output;

    @Option(names = "--json", description = "As one JSON object, with its output.")
    private boolean json;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    DeadLetterShowCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Setup setup = Setup.load(config.file, invocation)) {
            for (OutputState state : OutputState.named(output, setup.agent())) {
                DeadLetterFolder.in(state.folder()).read(new Shower(state.output()));
            }
        }
        if (!found) {
            throw CommandFailure.running("log-agent: there is no dead letter " + id);
        }
        return 0;
    }

    private final class Shower implements DeadLetterFolder.Reader {

        private final String output;

        Shower(String output) {
            this.output = output;
        }

        @Override
        public void letter(DeadLetter letter, String line) {
            if (!letter.id().equals(id)) {
                return;
            }
            found = true;
            PrintStream out = invocation.out();
            if (json) {
                out.println(LetterText.withOutput(line, output));
                return;
            }
            out.println("id        " + letter.id());
            out.println("output    " + output);
            out.println("refused   " + Rfc3339.format(letter.rejectedAtMillis()) + ", after " + letter.attempts()
                    + (letter.attempts() == 1 ? " attempt" : " attempts"));
            out.println("reason    " + TextTable.printable(letter.reason()));
            out.println("batch     " + letter.batch());
            out.println("origin    " + TextTable.printable(LetterText.origin(letter)));
            out.println("read      " + Rfc3339.format(letter.event().run().detectedAtMillis()));
            out.println("line      " + TextTable.printable(letter.event().text()));
        }

        @Override
        public void damaged(Path file, String line, String reason) {
            // It has no id: log-agent dead-letter list tells of it.
        }
    }
}
