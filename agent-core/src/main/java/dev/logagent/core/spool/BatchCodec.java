package dev.logagent.core.spool;

import dev.logagent.api.Batch;
import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A batch as the payload of a record: everything that is needed to send it later under the same ids. Keeps its buffer for the
 * next batch. Confined to one thread.
 */
public final class BatchCodec {

    private static final int VERSION = 1;

    private static final int PARTIAL = 1;
    private static final int SAME_SOURCE = 2;
    private static final int SAME_FILE = 4;
    private static final int REWRITTEN = 8;

    /** More than any run has, so that damage cannot ask for all the memory there is. */
    private static final int LONGEST_RUN_BYTES = 1 << 28;

    private final Bytes out = new Bytes();

    /**
     * A batch that has been tried before.
     *
     * @param attempts how often, in vain
     */
    public record Tried(Batch batch, int attempts) {}

    /** A batch that was never tried, as bytes, which are good until the next call. */
    public ByteBuffer encode(Batch batch) {
        return encode(batch, 0);
    }

    /** A batch that was tried so often in vain, as bytes, which are good until the next call. */
    public ByteBuffer encode(Batch batch, int attempts) {
        out.clear();
        out.number(VERSION);
        out.text(batch.agentName());
        out.number(batch.number());
        out.number(batch.runs().size());
        LineRun previous = null;
        for (LineRun run : batch.runs()) {
            encode(run, previous);
            previous = run;
        }
        if (attempts > 0) {
            out.number(attempts); // at the end, where agents that do not know it do not look
        }
        return out.toBuffer();
    }

    private void encode(LineRun run, @Nullable LineRun previous) {
        boolean sameSource = previous != null && previous.source().equals(run.source());
        boolean sameFile = previous != null && previous.file().equals(run.file());
        boolean partial = run.isPartial(run.count() - 1);
        boolean rewritten = IntStream.range(0, run.count()).anyMatch(run::isRewritten);
        out.number((partial ? PARTIAL : 0)
                | (sameSource ? SAME_SOURCE : 0)
                | (sameFile ? SAME_FILE : 0)
                | (rewritten ? REWRITTEN : 0));
        if (!sameSource) {
            encode(run.source());
        }
        if (!sameFile) {
            out.text(run.file().path());
            out.fixed(run.file().lineage());
        }
        out.fixed(run.detectedAtMillis());
        out.number(run.startOffset());
        out.number(run.count());
        for (int lines = 1; lines <= run.count(); lines++) {
            out.number(run.byteCount(lines) - run.byteCount(lines - 1));
        }
        if (rewritten) {
            texts(run);
        } else {
            out.raw(run.bytes(0), run.start(0), run.byteCount());
        }
    }

    /** What a line held before it was rewritten may be a secret, and must not get here. */
    private void texts(LineRun run) {
        for (int line = 0; line < run.count(); line++) {
            int length = run.end(line) - run.start(line);
            out.number(length);
            out.raw(run.bytes(line), run.start(line), length);
        }
    }

    private void encode(SourceInfo source) {
        out.text(source.name());
        out.optionalText(source.service());
        out.optionalText(source.component());
        out.optionalText(source.host());
        out.optionalText(source.region());
        out.optionalText(source.classification());
        out.number(source.tags().size());
        source.tags().forEach((key, value) -> {
            out.text(key);
            out.text(value);
        });
    }

    /** The batch that was made into these bytes, as {@link #read} has it. */
    public static Batch decode(ByteBuffer payload) throws IOException {
        return read(payload).batch();
    }

    /**
     * What was made into these bytes.
     *
     * @throws IOException if they are not a batch, or one of a later version of the agent
     */
    public static Tried read(ByteBuffer payload) throws IOException {
        ByteBuffer bytes = payload.duplicate();
        Fields in = new Fields(bytes);
        try {
            long version = in.number();
            if (version != VERSION) {
                throw new IOException("a batch of version " + version + ", this agent reads version " + VERSION);
            }
            String agentName = in.text();
            long number = in.number();
            int count = in.count();
            List<LineRun> runs = new ArrayList<>();
            LineRun previous = null;
            for (int i = 0; i < count; i++) {
                previous = run(in, previous);
                runs.add(previous);
            }
            int attempts = bytes.hasRemaining() ? Math.toIntExact(in.number()) : 0;
            return new Tried(new Batch(agentName, number, runs), attempts);
        } catch (BufferUnderflowException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | ArithmeticException e) {
            throw new IOException("not a batch: " + e, e);
        }
    }

    private static LineRun run(Fields in, @Nullable LineRun previous) {
        long flags = in.number();
        SourceInfo source = (flags & SAME_SOURCE) != 0 && previous != null ? previous.source() : source(in);
        FileInfo file =
                (flags & SAME_FILE) != 0 && previous != null ? previous.file() : new FileInfo(in.text(), in.fixed());
        long detectedAtMillis = in.fixed();
        long startOffset = in.number();
        int count = in.count();
        int[] starts = new int[count + 1];
        for (int line = 1; line <= count; line++) {
            starts[line] = Math.addExact(starts[line - 1], Math.toIntExact(in.number()));
        }
        if (starts[count] > LONGEST_RUN_BYTES) {
            throw new IllegalArgumentException("a run of " + starts[count] + " bytes");
        }
        boolean rewritten = (flags & REWRITTEN) != 0;
        byte[] bytes = rewritten ? new byte[starts[count]] : in.raw(starts[count]);
        LineRun run =
                new LineRun(source, file, detectedAtMillis, bytes, starts, count, startOffset, (flags & PARTIAL) != 0);
        return rewritten ? run.rewritten(texts(in, count)) : run;
    }

    private static byte[] @Nullable [] texts(Fields in, int count) {
        byte[] @Nullable [] texts = new byte[count][];
        for (int line = 0; line < count; line++) {
            texts[line] = in.raw(in.count());
        }
        return texts;
    }

    private static SourceInfo source(Fields in) {
        String name = in.text();
        String service = in.optionalText();
        String component = in.optionalText();
        String host = in.optionalText();
        String region = in.optionalText();
        String classification = in.optionalText();
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = in.count(); i > 0; i--) {
            tags.put(in.text(), in.text());
        }
        return new SourceInfo(name, service, component, host, region, classification, tags);
    }
}
