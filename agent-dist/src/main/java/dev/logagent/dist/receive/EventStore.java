package dev.logagent.dist.receive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file that received events are appended to, one JSON object a line. Safe for use by several threads. */
final class EventStore implements AutoCloseable {

    private final OutputStream file;

    EventStore(Path path) throws IOException {
        file = new BufferedOutputStream(
                Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND), 1 << 16);
    }

    /** When it returns, the operating system has all events: they outlive the receiver. */
    synchronized void append(List<ReceivedEvent> events) throws IOException {
        for (ReceivedEvent event : events) {
            file.write(event.json().getBytes(StandardCharsets.UTF_8));
            file.write('\n');
        }
        file.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
