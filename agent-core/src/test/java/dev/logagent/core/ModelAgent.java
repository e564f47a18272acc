package dev.logagent.core;

import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.discovery.FileWatcher;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The agent of the model test, one life after the other. To kill it is to cut its connection, to remember what is in its
 * state folder at that moment, and to put that back when the remains of the agent are gone.
 */
final class ModelAgent {

    private static final List<String> CHECKPOINTS =
            List.of("checkpoint", "checkpoint.previous", "checkpoint.log", "checkpoint.log.previous");

    private final Path state;
    private final Random random;
    private final boolean polling;
    private final List<Path> patterns;
    private final ModelSink sink;
    private final RecordingEvents events = new RecordingEvents();
    private @Nullable Agent agent;
    private @Nullable Thread observer;
    private volatile @Nullable Throwable failure;
    private int deliveredBefore;
    private boolean toBeKilled;

    ModelAgent(Path folder, Path logs, Random random, boolean polling) {
        this.state = folder.resolve("state");
        this.random = random;
        this.polling = polling;
        this.sink = new ModelSink(random.nextLong());
        Path link = logs.resolve("current.log");
        this.patterns = switch (random.nextInt(3)) {
            case 0 -> List.of(logs.resolve("app.log"), logs.resolve("other.log"), link);
            case 1 -> List.of(logs.resolve("*.log"));
            default -> List.of(logs.resolve("*.log*"));
        };
    }

    List<Path> patterns() {
        return patterns;
    }

    ModelSink sink() {
        return sink;
    }

    RecordingEvents events() {
        return events;
    }

    boolean isRunning() {
        return agent != null;
    }

    boolean hasDeliveredInThisLife(String text) {
        return sink.hasSince(deliveredBefore, text);
    }

    void start() throws IOException {
        deliveredBefore = sink.count();
        toBeKilled = random.nextBoolean();
        Settings settings = Settings.in(state)
                .shutdown(toBeKilled ? Duration.ZERO : Duration.ofSeconds(20))
                .batchSize(1 + random.nextInt(60))
                .memory(random.nextBoolean() ? 1 << 16 : 4 << 20)
                .source("logs", patterns.toArray());
        Agent started = new Agent(
                settings.agent(),
                Map.of(OutputConfig.DEFAULT_NAME, sink.connect()),
                output -> events,
                polling ? FileWatcher::polling : FileWatcher::new,
                CrashPoints.NONE);
        agent = started;
        started.start();
        observer = new Thread(() -> {
            try {
                failure = started.awaitFailure();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        observer.start();
    }

    void assertHealthy() {
        if (failure != null) {
            throw new AssertionError("the agent failed", failure);
        }
    }

    /** Everything that is there, unfinished last lines included, is delivered; then the agent stops. */
    void finish() throws InterruptedException {
        Agent running = agent;
        if (running != null) {
            running.awaitDelivered();
            stop();
        }
    }

    /**
     * Ends this life, in the way that was chosen when it began. In good order, the destination takes everything that was
     * read.
     *
     * @return whether it was killed
     */
    boolean end() throws IOException {
        if (toBeKilled) {
            kill();
        } else {
            stop();
        }
        return toBeKilled;
    }

    private void stop() {
        Agent running = agent;
        if (running != null) {
            running.close();
            ended();
        }
    }

    void kill() throws IOException {
        Agent running = agent;
        if (running != null) {
            sink.cut();
            Map<String, byte[]> atDeath = remember();
            running.close();
            ended();
            putBack(atDeath);
        }
    }

    private void ended() {
        agent = null;
        if (observer != null) {
            observer.interrupt();
        }
        assertHealthy();
    }

    /** What is there at one moment: looked at again if files were renamed meanwhile. */
    private Map<String, byte[]> remember() throws IOException {
        while (true) {
            Map<String, Object> before = identities();
            Map<String, byte[]> content = new HashMap<>();
            for (String name : before.keySet()) {
                try {
                    content.put(name, Files.readAllBytes(state.resolve(name)));
                } catch (NoSuchFileException e) {
                    content.remove(name); // it was renamed, which shows below
                }
            }
            if (identities().equals(before)) {
                return content;
            }
        }
    }

    private Map<String, Object> identities() throws IOException {
        Map<String, Object> keys = new HashMap<>();
        for (String name : CHECKPOINTS) {
            try {
                keys.put(
                        name,
                        Files.readAttributes(state.resolve(name), BasicFileAttributes.class)
                                .fileKey());
            } catch (NoSuchFileException e) {
                keys.remove(name);
            }
        }
        return keys;
    }

    private void putBack(Map<String, byte[]> content) throws IOException {
        for (String name : CHECKPOINTS) {
            Files.deleteIfExists(state.resolve(name));
        }
        for (Map.Entry<String, byte[]> file : new ArrayList<>(content.entrySet())) {
            Files.write(state.resolve(file.getKey()), file.getValue());
        }
    }
}
