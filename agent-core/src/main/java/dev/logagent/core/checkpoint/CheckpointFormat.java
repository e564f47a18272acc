package dev.logagent.core.checkpoint;

import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.ack.Positions.SourceTimes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * All positions as text: a first line with the version, a JSON object a line for the number of the snapshot, each started
 * source and each file, and a last line with the CRC-32C of all bytes before it. A person can read it; any damage shows.
 * Written and read in pieces, so that many files need little memory.
 */
final class CheckpointFormat {

    static final int VERSION = 2;

    private static final String NAME = "log-agent checkpoint ";
    private static final String CHECKSUM = "crc32c ";
    private static final int PIECE_BYTES = 64 * 1024;

    private CheckpointFormat() {}

    /**
     * Positions as they were saved.
     *
     * @param number counts the snapshots, so that the newest of several files can be told
     */
    record Saved(Positions positions, long number) {}

    static void write(Positions positions, long number, OutputStream to) throws IOException {
        CRC32C crc = new CRC32C();
        JsonBuffer piece = new JsonBuffer(PIECE_BYTES + 1024);
        piece.raw(JsonBuffer.ascii(NAME + VERSION + "\n{\"number\":" + number + "}\n"));
        for (SourceTimes source : positions.sources()) {
            PositionJson.write(source, piece);
            piece.raw('\n');
        }
        for (FilePosition file : positions.all()) {
            PositionJson.write(file, piece);
            piece.raw('\n');
            if (piece.length() >= PIECE_BYTES) {
                write(piece, crc, to);
            }
        }
        write(piece, crc, to);
        to.write(JsonBuffer.ascii(CHECKSUM + Long.toHexString(crc.getValue()) + "\n"));
    }

    private static void write(JsonBuffer piece, CRC32C crc, OutputStream to) throws IOException {
        crc.update(piece.array(), 0, piece.length());
        piece.writeTo(to);
        piece.clear();
    }

    /**
     * Reads what {@link #write}, or an older agent, wrote.
     *
     * @throws NewerVersionException if a newer agent wrote it
     * @throws IOException if it is damaged, with the reason
     */
    static Saved read(InputStream from) throws IOException {
        Lines lines = new Lines(from);
        CRC32C crc = new CRC32C();
        String first = lines.next() ? lines.text() : null;
        if (first == null || !first.startsWith(NAME)) {
            throw new IOException("it does not begin with '" + NAME.strip() + "'");
        }
        crc.update(lines.array(), lines.start(), lines.end() - lines.start());
        int version = version(first.substring(NAME.length()));
        Positions positions = new Positions();
        long number = 0;
        while (lines.next()) {
            if (isChecksum(lines)) {
                check(lines, crc);
                if (version > VERSION) {
                    throw new NewerVersionException(version);
                }
                if (version == 1) {
                    deriveScans(positions);
                }
                positions.takeChanged();
                return new Saved(positions, number);
            }
            crc.update(lines.array(), lines.start(), lines.end() - lines.start());
            if (version <= VERSION) {
                number += readLine(lines, positions);
            }
        }
        throw new IOException("its end is missing");
    }

    private static int version(String version) throws IOException {
        try {
            return Integer.parseInt(version);
        } catch (NumberFormatException e) {
            throw new IOException("its version '" + version + "' is not a number", e);
        }
    }

    private static boolean isChecksum(Lines lines) {
        byte[] mark = JsonBuffer.ascii(CHECKSUM);
        return lines.end() - lines.start() >= mark.length
                && Arrays.equals(lines.array(), lines.start(), lines.start() + mark.length, mark, 0, mark.length);
    }

    private static void check(Lines lines, CRC32C crc) throws IOException {
        String expected = CHECKSUM + Long.toHexString(crc.getValue());
        if (!expected.equals(lines.text()) || lines.next()) {
            throw new IOException("its checksum does not match");
        }
    }

    /** Takes a line's contents over. Gives the number if it is the line that holds it, else 0. */
    private static long readLine(Lines line, Positions positions) throws IOException {
        if (!line.isWhole()) {
            throw new IOException("its end is missing");
        }
        Map<String, String> fields = PositionJson.fields(line.array(), line.start(), line.end() - 1);
        if (fields.containsKey("number")) {
            return PositionJson.number(fields, "number");
        }
        PositionJson.addTo(positions, fields, true);
        return 0;
    }

    /** The first version did not say when folders were looked through, but when each file was seen. */
    private static void deriveScans(Positions positions) {
        for (FilePosition file : positions.all()) {
            positions.markScanned(file.source(), file.sighting().seenMillis());
        }
    }

    /** A newer agent wrote the file: older ones must not guess what it means. */
    static final class NewerVersionException extends IOException {

        private static final long serialVersionUID = 1L;

        NewerVersionException(int version) {
            super("it has version " + version + ", this agent reads up to " + VERSION);
        }
    }
}
