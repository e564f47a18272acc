package dev.logagent.core;

import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.InputConfig.Syslog;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.input.Feed;
import dev.logagent.core.input.InputThread;
import dev.logagent.core.input.Intake;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.syslog.Port;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What can be read only once, and is read for all outputs together: standard input, ports. It outlives the pipelines: whoever
 * sends need not know that these are exchanged. Changed by one thread at a time.
 */
final class SharedInputs {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private final List<Port> ports = new ArrayList<>();

    /**
     * One that reads.
     *
     * @param output the name of the one that it reports to
     */
    private record Reader(SourceConfig source, int maxLineBytes, String output, InputThread thread) {

        boolean isWantedBy(AgentConfig config) {
            return config.sources().contains(source)
                    && config.global().maxLineBytes() == maxLineBytes
                    && config.outputs().stream().anyMatch(each -> each.name().equals(output));
        }
    }

    /**
     * Takes the ports that a configuration listens on and that are not held already: all of them, or none.
     *
     * @throws IOException if one of them cannot be had, with a message for the user
     */
    void takePorts(AgentConfig config) throws IOException {
        List<Port> taken = new ArrayList<>();
        for (SourceConfig source : config.sources()) {
            if (source.input() instanceof Syslog syslog && held(syslog) == null) {
                try {
                    taken.add(Port.open(syslog));
                } catch (IOException e) {
                    taken.forEach(Port::close);
                    String own = ports.stream().anyMatch(port -> port.config().collidesWith(syslog))
                            ? "; this agent itself listens on it under another address: take that source out first"
                            : "";
                    throw new IOException("source '" + source.name() + "': " + e.getMessage() + own, e);
                }
            }
        }
        ports.addAll(taken);
    }

    private @Nullable Port held(Syslog syslog) {
        return ports.stream()
                .filter(port -> port.config().isOnPortOf(syslog))
                .findFirst()
                .orElse(null);
    }

    /** Lets go of the ports that a configuration does not listen on. */
    void keepPorts(AgentConfig config) {
        List<Port> unwanted = ports.stream()
                .filter(port -> config.sources().stream()
                        .noneMatch(source -> source.input() instanceof Syslog syslog
                                && port.config().isOnPortOf(syslog)))
                .toList();
        unwanted.forEach(Port::close);
        ports.removeAll(unwanted);
    }

    /**
     * Lets nothing through until {@link #goOn}: pipelines are about to be exchanged. What another configuration does not read, or
     * reads in another way, ends here, while there are those that take what has arrived.
     */
    void makeWay(AgentConfig next) {
        end(readers.stream().filter(reader -> !reader.isWantedBy(next)).toList());
        readers.forEach(reader -> reader.thread().hold());
    }

    /**
     * Reads what the configuration names, for these pipelines; its ports have been taken.
     *
     * @throws IOException if one of them cannot be read, with a message for the user
     */
    void goOn(AgentConfig config, List<Pipeline> pipelines, FatalError fatal) throws IOException, InterruptedException {
        for (SourceConfig source : config.sources()) {
            List<Intake> intakes = pipelines.stream()
                    .map(pipeline -> pipeline.intake(source))
                    .filter(Objects::nonNull)
                    .toList();
            Reader known = readers.stream()
                    .filter(reader -> reader.source().equals(source))
                    .findFirst()
                    .orElse(null);
            if (known != null) {
                known.thread().giveTo(intakes);
            } else if (!intakes.isEmpty()) {
                start(source, config.global().maxLineBytes(), intakes, fatal);
            }
        }
    }

    private void start(SourceConfig source, int maxLineBytes, List<Intake> intakes, FatalError fatal)
            throws IOException, InterruptedException {
        AgentEvents events = intakes.get(0).events();
        Feed feed = source.input() instanceof Syslog syslog
                ? Objects.requireNonNull(held(syslog)).feed(syslog, source.info(), events, fatal)
                : Inputs.standardInput(source, maxLineBytes, events);
        InputThread thread = new InputThread(source.name(), feed, intakes);
        readers.add(new Reader(source, maxLineBytes, intakes.get(0).output(), thread));
        thread.start(fatal);
        thread.awaitReady();
        thread.beginReading();
    }

    /** Stops reading these, and goes on with all others. */
    void pause(Set<String> sources) {
        readers.forEach(
                reader -> reader.thread().pause(sources.contains(reader.source().name())));
    }

    /** Reads everything that is there now, and waits for its end. */
    void finish() throws InterruptedException {
        readers.forEach(reader -> reader.thread().finish());
        for (Reader reader : readers) {
            reader.thread().awaitEnd(FOR_EVER);
        }
    }

    /** Ends as soon as possible, with what has arrived, and lets go of all ports. */
    void stop() {
        end(readers);
        ports.forEach(Port::close);
        ports.clear();
    }

    /** Nobody can be asked again for what has arrived on a port: it is read first, as far as it is taken within a moment. */
    private void end(List<Reader> leaving) {
        List<Reader> all = List.copyOf(leaving);
        all.stream()
                .filter(reader -> reader.source().input() instanceof Syslog)
                .forEach(reader -> reader.thread().finish());
        all.stream()
                .filter(reader -> !(reader.source().input() instanceof Syslog))
                .forEach(reader -> reader.thread().stop());
        awaitEnd(all);
        all.forEach(reader -> reader.thread().stop());
        awaitEnd(all);
        readers.removeAll(all);
    }

    /** Waits for all of them together. */
    private static void awaitEnd(List<Reader> ending) {
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        try {
            for (Reader reader : ending) {
                reader.thread().awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
