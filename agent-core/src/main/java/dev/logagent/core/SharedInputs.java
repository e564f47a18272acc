package dev.logagent.core;

import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.InputConfig.Syslog;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.input.Input;
import dev.logagent.core.input.Intake;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.syslog.Ports;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** What can be read only once, and is read for all outputs together: standard input, ports. Changed by one thread at a time. */
final class SharedInputs {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final List<Input> inputs = new CopyOnWriteArrayList<>();

    /**
     * Starts what the configuration names.
     *
     * @throws IOException if one of them cannot be read, with a message for the user
     */
    void start(AgentConfig config, List<Pipeline> pipelines, FatalError fatal)
            throws IOException, InterruptedException {
        for (SourceConfig source : config.sources()) {
            List<Intake> intakes = pipelines.stream()
                    .map(pipeline -> pipeline.intake(source))
                    .filter(Objects::nonNull)
                    .toList();
            if (!intakes.isEmpty()) {
                inputs.add(Inputs.shared(source, config.global(), intakes, fatal));
            }
        }
        inputs.forEach(input -> input.start(fatal));
        for (Input input : inputs) {
            input.awaitReady();
        }
        inputs.forEach(Input::beginReading);
    }

    /**
     * Tries the ports that one configuration listens on and another one does not.
     *
     * @throws RefusedException if one of them cannot be had
     */
    static void requireFreePorts(AgentConfig now, AgentConfig next) throws RefusedException {
        List<Syslog> held = now.sources().stream().flatMap(SharedInputs::port).toList();
        for (SourceConfig source : next.sources()) {
            Syslog wanted = port(source)
                    .filter(each -> held.stream().noneMatch(each::isOnPortOf))
                    .findFirst()
                    .orElse(null);
            String fault = wanted == null ? null : Ports.faultOf(wanted);
            if (fault != null) {
                throw new RefusedException("source '" + source.name() + "': " + fault);
            }
        }
    }

    private static Stream<Syslog> port(SourceConfig source) {
        return source.input() instanceof Syslog syslog ? Stream.of(syslog) : Stream.empty();
    }

    /** Stops reading these, and goes on with all others. */
    void pause(Set<String> sources) {
        inputs.forEach(input -> input.pause(sources.contains(input.source())));
    }

    /** Reads everything that is there now, and waits for its end. */
    void finish() throws InterruptedException {
        inputs.forEach(Input::finish);
        for (Input input : inputs) {
            input.awaitEnd(FOR_EVER);
        }
    }

    /** Ends as soon as possible. */
    void stop() {
        inputs.forEach(Input::stop);
        try {
            for (Input input : inputs) {
                input.awaitEnd(STOP_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        inputs.clear();
    }
}
