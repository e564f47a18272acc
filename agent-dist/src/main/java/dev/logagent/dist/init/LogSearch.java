package dev.logagent.dist.init;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds files that look like live logs: text, readable, not compressed, not rotated away. */
public final class LogSearch {

    private static final int MAX_DEPTH = 3;
    private static final int SAMPLE_BYTES = 4096;
    private static final int UTF8_LONGEST = 4;

    /** Names under which programs write logs without the ending {@code .log}. */
    private static final Set<String> KNOWN = Set.of(
            "syslog", "messages", "secure", "maillog", "cron", "debug", "kern", "daemon", "error_log", "access_log");

    private static final Set<String> BINARY = Set.of("wtmp", "btmp", "lastlog", "faillog", "utmp", "tallylog");

    private static final Pattern LEFT_BEHIND = Pattern.compile(
            ".*(\\.(gz|bz2|xz|zst|lz4|zip|old|bak|tmp|swp|journal)|[.-]\\d+|\\.\\d+\\.\\w+|-\\d{8}.*|~)");

    private LogSearch() {}

    /** The logs below a folder, sorted by path; folders that cannot be read are passed over. */
    public static List<Path> below(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), MAX_DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && isLog(file, attributes.size())) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    private static boolean isLog(Path file, long size) {
        String name = String.valueOf(file.getFileName());
        if (BINARY.contains(name)
                || name.startsWith(".")
                || LEFT_BEHIND.matcher(name).matches()) {
            return false;
        }
        boolean named = name.endsWith(".log") || name.endsWith(".err") || KNOWN.contains(name);
        return Files.isReadable(file) && (size == 0 ? named : isText(file));
    }

    private static boolean isText(Path file) {
        byte[] sample;
        try (InputStream in = Files.newInputStream(file)) {
            sample = in.readNBytes(SAMPLE_BYTES);
        } catch (IOException e) {
            return false;
        }
        for (byte b : sample) {
            if (b == 0) {
                return false;
            }
        }
        // The sample may end inside a character.
        int end = sample.length == SAMPLE_BYTES ? SAMPLE_BYTES - UTF8_LONGEST : sample.length;
        while (end < sample.length && (sample[end] & 0xC0) == 0x80) {
            end++;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(sample, 0, end));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
