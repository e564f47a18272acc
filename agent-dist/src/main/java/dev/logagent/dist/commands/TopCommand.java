package dev.logagent.dist.commands;

import dev.logagent.dist.Invocation;
import dev.logagent.dist.Signals;
import dev.logagent.dist.Terminal;
import dev.logagent.dist.client.AgentClient.Reply;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code log-agent top}. */
@Command(
        name = "top",
        description = "Shows what the running agent does, again and again: rates, outputs, sources, and what is wrong.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The sources that are most behind come first. q or Ctrl-C ends it. In a pipe it prints one block after the",
            "other, without control characters.",
            "",
            "Examples:",
            "  log-agent top",
            "  log-agent top --once",
            "  log-agent top --json --interval 10 | jq .stats.monitor.lag_seconds"
        })
final class TopCommand implements Callable<Integer> {

    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";
    private static final String LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final long KEY_MILLIS = 100;

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--once", description = "Show it once, with the rates of one interval, and end.")
    private boolean once;

    @Option(names = "--interval", paramLabel = "SECONDS", description = "How often. Default: 1.")
    private double interval = 1;

    @Option(names = "--json", description = "What /api/stats answers, one JSON object each time.")
    private boolean json;

    private final CountDownLatch ended = new CountDownLatch(1);

    TopCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (!(interval >= 0.1 && interval <= 3600)) {
            throw CommandFailure.usage("log-agent: --interval must be between 0.1 and 3600 seconds");
        }
        Signals.onStop(ended::countDown);
        boolean onScreen = !once && !json && Terminal.isOutput();
        try (LocalAgent agent = LocalAgent.of(config.file)) {
            if (json) {
                printJson(agent);
            } else if (onScreen) {
                TopScreen first = look(agent);
                try (Terminal.Keys keys = Terminal.Keys.open()) {
                    invocation.out().print(ENTER);
                    show(agent, first, keys, true);
                } finally {
                    invocation.out().print(LEAVE);
                    invocation.out().flush();
                }
            } else {
                show(agent, look(agent), Terminal.Keys.NONE, false);
            }
        }
        return 0;
    }

    private void printJson(LocalAgent agent) throws InterruptedException, IOException {
        do {
            Reply reply = agent.get("/api/stats");
            invocation.out().println(reply.body());
        } while (!once && !invocation.out().checkError() && !isEnded(Terminal.Keys.NONE));
    }

    private static TopScreen look(LocalAgent agent) throws InterruptedException {
        return new TopScreen(
                agent.json("/api/stats"), agent.json("/api/sources"), agent.json("/api/outputs"), System.nanoTime());
    }

    private void show(LocalAgent agent, TopScreen first, Terminal.Keys keys, boolean onScreen)
            throws InterruptedException, IOException {
        TopScreen before = first;
        while (!isEnded(keys)) {
            TopScreen now = look(agent);
            List<String> lines =
                    now.since(before, onScreen ? Terminal.Size.now().rows() - 1 : Integer.MAX_VALUE);
            if (onScreen) {
                // In one piece, so that nothing flickers.
                invocation.out().print(HOME + String.join(CLEAR_LINE + "\r\n", lines) + CLEAR_LINE + CLEAR_BELOW);
                invocation.out().flush();
            } else {
                lines.forEach(invocation.out()::println);
                if (once || invocation.out().checkError()) {
                    return;
                }
                invocation.out().println();
            }
            before = now;
        }
    }

    /** Waits until it is time to look again, or somebody has seen enough. */
    private boolean isEnded(Terminal.Keys keys) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + (long) (interval * 1e9);
        long left = deadline - System.nanoTime();
        while (left > 0) {
            if (ended.await(Math.min(left, TimeUnit.MILLISECONDS.toNanos(KEY_MILLIS)), TimeUnit.NANOSECONDS)
                    || keys.isPressed('q')) {
                return true;
            }
            left = deadline - System.nanoTime();
        }
        return false;
    }
}
