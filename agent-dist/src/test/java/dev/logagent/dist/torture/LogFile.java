package dev.logagent.dist.torture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An open log file as a program writes it: whatever becomes of its name, lines go where they went before. */
final class LogFile implements Closeable {

    private final Ledger ledger;
    private final String stream;
    private Path path;
    private FileChannel channel;
    private String rest = "";

    /** Opens or makes the file, for lines of a stream. */
    LogFile(Ledger ledger, String stream, Path path) throws IOException {
        this.ledger = ledger;
        this.stream = stream;
        this.path = path;
        this.channel = open(path);
    }

    private static FileChannel open(Path path) throws IOException {
        Path folder = path.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** Writes so many lines at once. */
    LogFile lines(int count) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(ledger.next(stream).text()).append('\n');
        }
        write(text.toString());
        ledger.written(stream);
        return this;
    }

    /** Writes the first half of a line; {@link #endLine} writes the other one. */
    LogFile beginLine() throws IOException {
        String text = ledger.next(stream).text();
        write(text.substring(0, text.length() / 2));
        rest = text.substring(text.length() / 2);
        return this;
    }

    LogFile endLine() throws IOException {
        write(rest + "\n");
        ledger.written(stream);
        return this;
    }

    /** Writes one line whose newline never comes. */
    LogFile lineWithoutEnd() throws IOException {
        write(ledger.next(stream).text());
        ledger.written(stream);
        return this;
    }

    private void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Renames the file, and goes on writing to it. */
    LogFile renameTo(Path target) throws IOException {
        Files.move(path, target);
        path = target;
        return this;
    }

    /** Renames the file, and goes on in a new one of the old name. */
    LogFile rotateTo(Path target) throws IOException {
        Files.move(path, target);
        channel.close();
        channel = open(path);
        return this;
    }

    /** Copies the file and truncates it. */
    LogFile copyTruncateTo(Path target) throws IOException {
        Files.copy(path, target);
        return truncate();
    }

    LogFile truncate() throws IOException {
        channel.truncate(0);
        return this;
    }

    /** Takes the name away, and goes on writing to the file. */
    LogFile delete() throws IOException {
        Files.delete(path);
        return this;
    }

    long size() throws IOException {
        return channel.size();
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
