package dev.logagent.dist;

import dev.logagent.core.Agent;
import dev.logagent.core.runtime.WorkerFailure;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One life of the agent: start, work, stop. Gives the exit code. */
public final class AgentRun {

    private static final Logger LOG = LoggerFactory.getLogger("log-agent");

    private final Agent agent;
    private final Runnable onStarted;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();

    /**
     * A life that has not begun.
     *
     * @param agent not started yet; whoever made it closes it
     * @param stop completed when somebody wants the agent to stop, perhaps already
     * @param onStarted run when the agent has started
     */
    public AgentRun(Agent agent, CompletableFuture<Void> stop, Runnable onStarted) {
        this.agent = agent;
        this.onStarted = onStarted;
        stop.thenRun(() -> ending.complete(new Ending(Reason.SIGNAL, null)));
    }

    /** Runs until a signal to stop, or the agent's failure: 0 or 1. */
    public int untilStopped() throws InterruptedException {
        if (!start()) {
            return 1;
        }
        return finish(ending.join(), false);
    }

    /** Runs until all that is in the files now is delivered: 0 if it is, 1 if not. */
    public int once() throws InterruptedException {
        if (!start()) {
            return 1;
        }
        watch("delivered-watch", () -> {
            agent.awaitDelivered();
            return new Ending(Reason.DELIVERED, null);
        });
        return finish(ending.join(), true);
    }

    private boolean start() {
        try {
            agent.start();
        } catch (IOException e) {
            LOG.error("cannot start: {}", e.getMessage());
            return false;
        }
        watch("failure-watch", () -> new Ending(Reason.FAILURE, agent.awaitFailure()));
        onStarted.run();
        return true;
    }

    private int finish(Ending end, boolean all) {
        if (end.reason == Reason.FAILURE) {
            tell(end.cause);
        } else if (end.reason == Reason.SIGNAL) {
            LOG.info("asked to stop; delivering what is in flight (a second signal ends it at once)");
        }
        Agent.Leftover left = agent.drain();
        long dead = agent.status().deadLetters();
        if (left.events() > 0) {
            LOG.warn(
                    "stopped; {} events in {} batches are not acknowledged, they are read again at the next start",
                    left.events(),
                    left.batches());
        } else {
            LOG.info(
                    "stopped; {} events delivered, nothing left in flight",
                    agent.status().eventsDelivered());
        }
        if (!agent.status().redactions().isEmpty()) {
            LOG.info("taken out of lines: {}", counts(agent.status().redactions()));
        }
        if (dead > 0) {
            LOG.warn("{} events were refused by the destination and are kept as dead letters", dead);
        }
        if (end.reason == Reason.FAILURE) {
            return 1;
        }
        int unreadable = agent.status().filesUnreadable();
        if (all && unreadable > 0) {
            LOG.warn("{} file(s) could not be read; the lines above say why", unreadable);
        }
        boolean complete = end.reason == Reason.DELIVERED
                && left.events() == 0
                && dead == 0
                && unreadable == 0
                && agent.status().inputsFailing() == 0;
        return all && !complete ? 1 : 0;
    }

    private static void tell(@Nullable Throwable cause) {
        if (cause instanceof WorkerFailure failure) {
            LOG.error(
                    "the agent has failed and stops: {}. This is a bug of the agent or of a transport; nothing is lost, what"
                            + " was not delivered is read again at the next start",
                    failure.getMessage(),
                    failure.getCause());
        } else {
            LOG.error("the agent has failed and stops: {}", String.valueOf(cause));
            LOG.debug("failure", cause);
        }
    }

    private static String counts(Map<String, Long> redactions) {
        return redactions.entrySet().stream()
                .map(rule -> rule.getKey() + " " + rule.getValue())
                .collect(Collectors.joining(", "));
    }

    private void watch(String name, Wait wait) {
        Thread thread = new Thread(
                () -> {
                    try {
                        ending.complete(wait.end());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException | Error e) {
                        ending.complete(new Ending(Reason.FAILURE, e));
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private interface Wait {
        Ending end() throws InterruptedException;
    }

    private enum Reason {
        SIGNAL,
        DELIVERED,
        FAILURE
    }

    private record Ending(Reason reason, @Nullable Throwable cause) {}
}
