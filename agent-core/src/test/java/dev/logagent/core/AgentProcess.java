package dev.logagent.core;

import dev.logagent.api.Batch;
import dev.logagent.api.LogEvent;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.discovery.FileWatcher;
import dev.logagent.core.events.LoggingEvents;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.testing.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An agent in a process of its own, to be killed: follows {@code args[0]}, keeps its state in {@code args[1]}, and adds
 * what it delivers to {@code args[2]}. Ends like a crash at the point that {@code args[3]} names, if it is given, when it is
 * reached for the time that {@code args[4]} counts, from 1. Lines that begin with {@code bad} are refused.
 */
final class AgentProcess {

    static final int CRASHED = 77;

    private AgentProcess() {}

    public static void main(String[] args) throws Exception {
        FileChannel received = FileChannel.open(Path.of(args[2]), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        received.write(ByteBuffer.wrap(new byte[] {'\n'})); // the kill may have torn the last line
        Settings settings = Settings.in(Path.of(args[1])).batchSize(50).source("s", args[0]);
        CrashPoints crashPoints = args.length > 3 ? crashAt(args[3], Integer.parseInt(args[4])) : CrashPoints.NONE;
        Agent agent = new Agent(
                settings.agent(),
                Map.of(OutputConfig.DEFAULT_NAME, new FileTransport(received)),
                LoggingEvents::new,
                FileWatcher::new,
                crashPoints);
        agent.start();
        throw new IllegalStateException("the agent failed", agent.awaitFailure());
    }

    /** Ends the process at once, with the exit code {@link #CRASHED}, when a point is reached for the {@code nth} time. */
    static CrashPoints crashAt(String point, int nth) {
        AtomicInteger left = new AtomicInteger(nth);
        return reached -> {
            if (reached.equals(point) && left.decrementAndGet() == 0) {
                Runtime.getRuntime().halt(CRASHED);
            }
        };
    }

    /** Delivers by writing to a file: what the system has taken survives the process. */
    private static final class FileTransport implements Transport {

        private final FileChannel received;

        FileTransport(FileChannel received) {
            this.received = received;
        }

        @Override
        public synchronized SendResult send(Batch batch) throws IOException {
            if (batch.events().stream().anyMatch(event -> event.text().startsWith("bad"))) {
                return new SendResult.Rejected("bad");
            }
            StringBuilder lines = new StringBuilder();
            for (LogEvent event : batch.events()) {
                lines.append(event.text()).append('\n');
            }
            ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                received.write(bytes);
            }
            return SendResult.delivered();
        }

        @Override
        public String check() {
            return received.toString();
        }

        @Override
        public void close() {
            try {
                received.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
