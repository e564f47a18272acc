package dev.logagent.core;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** What the model test writes: lines that tell where they belong, and files that know which lines they hold. */
final class ModelFiles {

    private final Random random;
    private final List<Line> lines = new ArrayList<>();
    private final List<String> unfinished = new ArrayList<>();
    private int generations;

    /** A complete line. */
    static final class Line {
        final int generation;
        final int number;
        final String text;
        boolean required = true;
        boolean settled;
        boolean mayRepeat;

        Line(int generation, int number, String text) {
            this.generation = generation;
            this.number = number;
            this.text = text;
        }
    }

    ModelFiles(Random random) {
        this.random = random;
    }

    /** Every complete line ever written. */
    List<Line> lines() {
        return lines;
    }

    /** The beginnings of lines that were never completed. */
    List<String> unfinished() {
        return unfinished;
    }

    /** A file, whatever its name is now; its writer keeps it open. */
    final class ModelFile {
        private final FileChannel writer;
        private int generation = ++generations;
        private int next;
        private String rest = "";
        private String begun = "";
        Path path;
        List<Line> content = new ArrayList<>();

        ModelFile(Path path) throws IOException {
            this.path = path;
            this.writer = FileChannel.open(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        }

        void writeLines(int count) throws IOException {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < count; i++) {
                if (rest.isEmpty()) {
                    begun = newText();
                    rest = begun;
                }
                text.append(rest).append('\n');
                complete();
            }
            write(text.toString());
        }

        void writeHalfALine() throws IOException {
            if (rest.isEmpty()) {
                begun = newText();
                rest = begun;
            }
            int half = 1 + random.nextInt(rest.length() - 1);
            if (!Character.isHighSurrogate(rest.charAt(half - 1))) {
                write(rest.substring(0, half));
                rest = rest.substring(half);
            }
            if (rest.length() < 2) {
                writeLines(1);
            }
        }

        private String newText() {
            int padding = random.nextInt(10) == 0 ? random.nextInt(3000) : random.nextInt(120);
            StringBuilder text = new StringBuilder("g" + generation + " n" + next + " ");
            for (int i = 0; i < padding; i++) {
                text.append("abc äöü€ 日本 xyz-0123456789".charAt(random.nextInt(24)));
            }
            return text.append(" end of g")
                    .append(generation)
                    .append(" n")
                    .append(next)
                    .toString();
        }

        private void complete() {
            Line line = new Line(generation, next++, begun);
            content.add(line);
            lines.add(line);
            rest = "";
        }

        private void write(String text) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                writer.write(bytes);
            }
        }

        /** Its contents start anew; what was there is gone, or in a copy. */
        void truncate() throws IOException {
            abandonUnfinished();
            writer.truncate(0);
            generation = ++generations;
            next = 0;
            content = new ArrayList<>();
        }

        /** Whoever copies or compresses the file finds the last line unfinished. */
        void abandonUnfinished() {
            if (!rest.isEmpty() && rest.length() < begun.length()) {
                unfinished.add(begun.substring(0, begun.length() - rest.length()));
            }
            rest = "";
        }

        long size() throws IOException {
            return writer.size();
        }

        void rename(Path to) throws IOException {
            Files.move(path, to);
            path = to;
        }

        /** Replaces the file by a compressed one, as logrotate does: first there are both, and the new one grows. */
        void compress() throws IOException {
            abandonUnfinished();
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
                gzip.write(Files.readAllBytes(path));
            }
            Path target = path.resolveSibling(path.getFileName() + ".gz");
            byte[] bytes = compressed.toByteArray();
            int half = random.nextInt(bytes.length);
            try (FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.wrap(bytes, 0, half));
                if (random.nextBoolean()) {
                    TailerModel.pause(random.nextInt(40));
                }
                out.write(ByteBuffer.wrap(bytes, half, bytes.length - half));
            }
            Files.setLastModifiedTime(target, Files.getLastModifiedTime(path));
            Files.delete(path);
            path = target;
            writer.close();
        }

        /** Takes the name away. */
        void delete() throws IOException {
            Files.delete(path);
            abandonUnfinished();
            writer.close();
        }

        void close() throws IOException {
            abandonUnfinished();
            writer.close();
        }

        boolean isOpen() {
            return writer.isOpen();
        }
    }

    /** A file that nobody has written to yet. */
    ModelFile create(Path path) throws IOException {
        return new ModelFile(path);
    }

    /** A line by its text. */
    @Nullable Line line(String text) {
        for (Line line : lines) {
            if (line.text.equals(text)) {
                return line;
            }
        }
        return null;
    }
}
