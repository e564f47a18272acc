package dev.logagent.core;

import dev.logagent.api.transport.Transport;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.transport.ReplaceableTransport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes the outputs of a running agent over to another configuration. For one use, under the agent's lock. */
final class Reload {

    private final OutputMaker maker;
    private final FatalError fatal;
    private final AgentConfig next;
    private final Map<String, Transport> fresh;
    private final List<RunningOutput> before;
    private final List<RunningOutput> stopping;
    private final List<RunningOutput> added = new ArrayList<>();
    private final Map<String, OutputConfig> wanted = new HashMap<>();

    /**
     * @param before the outputs that run now
     * @param next what they are to do
     * @param fresh transports for new outputs, and for those whose transport is to be exchanged
     */
    Reload(
            OutputMaker maker,
            FatalError fatal,
            List<RunningOutput> before,
            AgentConfig next,
            Map<String, Transport> fresh) {
        this.maker = maker;
        this.fatal = fatal;
        this.before = before;
        this.next = next;
        this.fresh = fresh;
        next.outputs().forEach(output -> wanted.put(output.name(), output));
        stopping = before.stream().filter(this::isStopped).toList();
    }

    private boolean isStopped(RunningOutput output) {
        @Nullable OutputConfig nextOutput = wanted.get(output.name());
        return nextOutput == null || output.isAffectedBy(next, nextOutput);
    }

    /**
     * Makes what is new, beside all that runs.
     *
     * @throws RefusedException if it cannot be: then everything is as it was
     */
    void prepare() throws RefusedException {
        refuseToLose(stopping);
        for (RunningOutput output : stopping) {
            // Its successor begins with that.
            if (!output.pipeline().savePositions()) {
                throw new RefusedException(
                        "output '" + output.name() + "': " + output.pipeline().unsaved());
            }
        }
        Set<String> known = before.stream().map(RunningOutput::name).collect(Collectors.toSet());
        for (OutputConfig output : next.outputs()) {
            if (!known.contains(output.name())) {
                Transport transport = Objects.requireNonNull(fresh.get(output.name()));
                try {
                    added.add(maker.make(next, output, new ReplaceableTransport(transport)));
                } catch (IOException e) {
                    added.forEach(made -> made.pipeline().close());
                    throw new RefusedException(e);
                }
            }
        }
    }

    /** Whoever stops reading a deleted file gives it up. */
    static void refuseToLose(List<RunningOutput> stopping) throws RefusedException {
        for (RunningOutput output : stopping) {
            Map<String, Long> unread = output.pipeline().unreadBytesOfDeleted();
            if (!unread.isEmpty()) {
                throw new RefusedException("output '" + output.name() + "' still reads files that have been deleted ("
                        + unread.entrySet().stream()
                                .map(source -> "source '" + source.getKey() + "': " + source.getValue() + " bytes")
                                .collect(Collectors.joining(", "))
                        + "), and would lose them: try again when they are read");
            }
        }
    }

    /**
     * Does it; after {@link #prepare}.
     *
     * @param drain stops pipelines, delivering what is on its way
     * @return all outputs that run from now on, in the configured order
     */
    List<RunningOutput> run(Consumer<List<Pipeline>> drain) {
        for (RunningOutput output : before) {
            Transport transport = fresh.get(output.name());
            if (transport != null) {
                output.transport().replace(transport);
                output.pipeline().retryNow();
            }
        }
        drain.accept(stopping.stream().map(RunningOutput::pipeline).toList());
        List<RunningOutput> after = new ArrayList<>();
        for (RunningOutput output : before) {
            @Nullable OutputConfig nextOutput = wanted.get(output.name());
            if (nextOutput == null) {
                output.pipeline().close();
                output.transport().close();
            } else {
                after.add(output);
                goOn(output, nextOutput);
            }
        }
        added.forEach(output -> mustSucceed(output::start, fatal));
        after.addAll(added);
        after.sort(Comparator.comparingInt(output -> next.outputs().indexOf(output.output())));
        return after;
    }

    private void goOn(RunningOutput output, OutputConfig nextOutput) {
        if (stopping.contains(output)) {
            mustSucceed(() -> output.startAgain(() -> output.adopt(next, nextOutput)), fatal);
        } else {
            output.adopt(next, nextOutput);
        }
    }

    /** The outputs whose pipelines are stopped or started. */
    List<String> affected() {
        return Stream.concat(stopping.stream(), added.stream())
                .map(RunningOutput::name)
                .toList();
    }

    /** Something that starts a pipeline. */
    interface Start {
        void run() throws IOException, InterruptedException;
    }

    /** Starts what must not fail: an agent without one of its pipelines ends, to be started anew. */
    static void mustSucceed(Start start, FatalError fatal) {
        try {
            start.run();
        } catch (IOException e) {
            fatal.report(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fatal.report(e);
        }
    }
}
