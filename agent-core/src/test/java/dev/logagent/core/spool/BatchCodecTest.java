package dev.logagent.core.spool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.api.Batch;
import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.SourceInfo;
import dev.logagent.api.encode.EventJson;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.core.testing.Runs;
import dev.logagent.core.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BatchCodecTest {

    private final BatchCodec codec = new BatchCodec();

    private Batch copy(Batch batch) throws IOException {
        ByteBuffer encoded = codec.encode(batch);
        return BatchCodec.decode(
                ByteBuffer.allocate(encoded.remaining()).put(encoded).flip());
    }

    private static List<String> json(Batch batch) {
        List<String> json = new ArrayList<>();
        for (LogEvent event : batch.events()) {
            JsonBuffer buffer = new JsonBuffer(64);
            new EventJson(batch.agentName()).write(event, null, buffer);
            json.add(buffer.toString());
        }
        return json;
    }

    @Test
    void remembersAttempts() throws IOException {
        Batch batch = Runs.batch(7, Runs.at("s", 0, "line"));

        assertThat(BatchCodec.read(codec.encode(batch, 300)).attempts()).isEqualTo(300);
        assertThat(BatchCodec.read(codec.encode(batch, 0)).attempts()).isZero();
        assertThat(BatchCodec.read(codec.encode(batch, 5)).batch().number()).isEqualTo(7);
    }

    @Test
    void keepsAllThatIsSent() throws IOException {
        SourceInfo source =
                new SourceInfo("app", "shop", "web", "host1", "eu", "secret", Map.of("team", "a b", "empty", ""));
        FileInfo file = new FileInfo("/var/log/\u00e4pp.log", -5);
        LineRun whole = Runs.of(source, file, 1L << 40, "one", "", "t\u00fcree \u20ac", "four");
        LineRun partial = new LineRun(
                SourceInfo.named("other"),
                new FileInfo("/x", 7),
                123_456,
                "cut".getBytes(UTF_8),
                new int[] {0, 3},
                1,
                9,
                true);
        Batch batch = new Batch("agent", 42, List.of(whole.slice(1, 3), whole.slice(3, 4), partial));

        Batch copy = copy(batch);

        assertThat(json(copy)).isEqualTo(json(batch));
        assertThat(copy.id()).isEqualTo(batch.id());
        assertThat(copy.number()).isEqualTo(42);
        assertThat(copy.runs().get(0).source()).isEqualTo(source);
        assertThat(copy.runs().get(2).isPartial(0)).isTrue();
        assertThat(copy.runs().get(2).detectedAtMillis()).isEqualTo(123_456);
    }

    @Test
    void takesAnyBytes() {
        Seeds.forEach(100, random -> {
            List<LineRun> runs = new ArrayList<>();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                runs.add(randomRun(random));
            }
            Batch batch = new Batch("agent", random.nextInt(1000), runs);

            Batch copy = copy(batch);

            assertThat(copy.id()).isEqualTo(batch.id());
            assertThat(copy.byteCount()).isEqualTo(batch.byteCount());
            assertThat(json(copy)).isEqualTo(json(batch));
        });
    }

    private static LineRun randomRun(Random random) {
        byte[] bytes = new byte[200];
        random.nextBytes(bytes);
        int count = 1 + random.nextInt(10);
        int[] starts = new int[count + 1];
        starts[0] = random.nextInt(50);
        for (int i = 1; i <= count; i++) {
            starts[i] = starts[i - 1] + random.nextInt(15);
        }
        return new LineRun(
                SourceInfo.named("s" + random.nextInt(2)),
                new FileInfo("/f" + random.nextInt(2), random.nextLong()),
                random.nextLong() >>> 20,
                bytes,
                starts,
                count,
                random.nextLong() >>> 10,
                random.nextBoolean());
    }

    @Test
    void keepsTheTextsOfRewrittenLinesAndNothingOfWhatTheyHeld() throws IOException {
        LineRun run = Runs.at("s", 100, "first", "password=hunter2", "last");
        LineRun rewritten = run.rewritten(new byte[][] {null, "password=***".getBytes(UTF_8), null});
        Batch batch = Runs.batch(1, rewritten.slice(1, 3));

        String encoded = ISO_8859_1.decode(codec.encode(batch)).toString();
        Batch copy = copy(batch);

        assertThat(encoded).contains("password=***").doesNotContain("hunter2");
        assertThat(Runs.texts(copy)).containsExactly("password=***", "last");
        assertThat(copy.id()).isEqualTo(batch.id());
        assertThat(copy.byteCount()).isEqualTo(batch.byteCount());
    }

    @Test
    void refusesWhatIsNoBatchButNeverFailsOtherwise() {
        ByteBuffer good = codec.encode(Runs.batch(1, Runs.at("s", 0, "line"), Runs.at("t", 5, "line", "other")));
        byte[] bytes = new byte[good.remaining()];
        good.get(bytes);
        Seeds.forEach(2000, random -> {
            byte[] damaged = bytes.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            ByteBuffer cut = ByteBuffer.wrap(damaged, 0, 1 + random.nextInt(damaged.length));
            try {
                BatchCodec.decode(cut);
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("(?s)not a batch: .*|a batch of version .*");
            }
        });
        assertThatThrownBy(() -> BatchCodec.decode(ByteBuffer.wrap(new byte[] {9})))
                .isInstanceOf(IOException.class)
                .hasMessage("a batch of version 9, this agent reads version 1");
    }
}
