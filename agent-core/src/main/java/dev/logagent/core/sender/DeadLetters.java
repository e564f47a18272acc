package dev.logagent.core.sender;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.encode.EventJson;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.encode.Rfc3339;
import dev.logagent.core.checkpoint.StateFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/**
 * Events that the destination will never take, one JSON object a line, in {@code dead-letters/} of the state folder: when,
 * why, after how many attempts, the event as it would have been sent, and the bytes of its line. On disk before anyone is
 * told that they are resolved. Safe for use by several threads.
 */
final class DeadLetters {

    private final Path folder;
    private final Path file;

    DeadLetters(Path stateFolder) {
        this.folder = stateFolder.resolve("dead-letters");
        this.file = folder.resolve("dead-letters.jsonl");
    }

    /** Where they are. */
    Path file() {
        return file;
    }

    /**
     * Adds all events of a batch; when this returns, they survive a loss of power.
     *
     * @param reason what the destination said
     * @param attempts how often the batch was sent
     */
    synchronized void add(Batch batch, String reason, int attempts) throws IOException {
        boolean created = !Files.exists(file);
        Files.createDirectories(folder, StateFolder.ownerOnly(folder, "rwx------"));
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                StateFolder.ownerOnly(file, "rw-------"))) {
            long end = channel.size();
            ByteBuffer letters = ByteBuffer.wrap(encode(batch, reason, attempts, isTorn(channel, end)));
            try {
                while (letters.hasRemaining()) {
                    channel.write(letters, end + letters.position());
                }
                channel.force(true);
            } catch (IOException e) {
                // A torn letter must not stand before the next try's.
                channel.truncate(end);
                throw e;
            }
        }
        if (created) {
            StateFolder.force(folder);
        }
    }

    /** Whether the last letter has no end, because the power went away while it was written. */
    private static boolean isTorn(FileChannel channel, long end) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
    }

    private static byte[] encode(Batch batch, String reason, int attempts, boolean onNewLine) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (onNewLine) {
            bytes.write('\n');
        }
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.setRootValueSeparator(null);
            for (LogEvent event : batch.events()) {
                LineRun run = event.run();
                JsonBuffer encoded = new JsonBuffer(512);
                EventJson.write(event, batch.agentName(), null, encoded);
                json.writeStartObject();
                json.writeStringField("rejected_at", Rfc3339.format(System.currentTimeMillis()));
                json.writeStringField("reason", reason);
                json.writeNumberField("attempts", attempts);
                json.writeStringField("batch", batch.id());
                json.writeFieldName("event");
                json.writeRawValue(encoded.toString());
                json.writeBinaryField(
                        "line", Arrays.copyOfRange(run.bytes(), run.start(event.line()), run.end(event.line())));
                json.writeEndObject();
                json.writeRaw('\n');
            }
        }
        return bytes.toByteArray();
    }
}
