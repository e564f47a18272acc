package dev.logagent.core.stdin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.MultilineConfig;
import dev.logagent.core.lines.LineRules;
import dev.logagent.core.multiline.Grouping;
import dev.logagent.core.testing.FeedRun;
import dev.logagent.core.testing.RecordingEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines from a pipe. */
final class StdinFeedTest {

    private final RecordingEvents events = new RecordingEvents();
    private Pipe pipe;

    @BeforeEach
    void open() throws IOException {
        pipe = Pipe.open();
    }

    private StdinFeed feed(LineRules rules) {
        return new StdinFeed(pipe.source(), rules, events);
    }

    private LineRules lines() {
        return new LineRules(SourceInfo.named("s"), 1 << 20, events);
    }

    private void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            pipe.sink().write(bytes);
        }
    }

    @Test
    void deliversLinesAsTheyComeAndEndsWithTheInput() throws Exception {
        try (FeedRun run = new FeedRun(feed(lines()), events)) {
            write("one\ntw");
            await().until(() -> run.texts().size() == 1);
            write("o\nunfinished");
            pipe.sink().close();

            assertThat(run.awaitEnd()).isTrue();
            assertThat(run.texts()).containsExactly("one", "two", "unfinished");
            assertThat(run.events())
                    .extracting(event -> event.run().offset(event.line()))
                    .containsExactly(0L, 4L, 8L);
        }
    }

    @Test
    void makesTheWriterWaitWhileNothingIsTaken() throws Exception {
        AtomicInteger written = new AtomicInteger();
        int count = 30_000;
        try (FeedRun run = new FeedRun(feed(lines()), events, 0)) {
            Thread writer = new Thread(() -> {
                try {
                    for (int i = 0; i < count; i++) {
                        write("line " + i + " " + "x".repeat(90) + "\n");
                        written.incrementAndGet();
                    }
                    pipe.sink().close();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer.start();
            await().until(() -> written.get() > 600);
            run.moreRoom();
            writer.join();

            assertThat(run.awaitEnd()).isTrue();
            assertThat(run.texts()).hasSize(count);
        }
    }

    @Test
    void cutsLinesThatAreTooLong() throws Exception {
        try (FeedRun run = new FeedRun(feed(new LineRules(SourceInfo.named("s"), 10, events)), events)) {
            write("0123456789abcdefghij-end\nshort\n");
            pipe.sink().close();

            assertThat(run.awaitEnd()).isTrue();
            assertThat(run.texts()).containsExactly("0123456789", "abcdefghij", "-end", "short");
        }
    }

    @Test
    void keepsTheLinesOfAStackTraceTogether() throws Exception {
        MultilineConfig java = new MultilineConfig("java", null, null, null, Duration.ofMillis(50));
        LineRules rules =
                new LineRules(SourceInfo.named("s"), 1 << 20, Grouping.of(java, false), java.timeout(), null, events);
        try (FeedRun run = new FeedRun(feed(rules), events)) {
            write("java.io.IOException: broken\n\tat a.B.c(B.java:1)\n");
            await().until(() -> run.texts().size() == 1); // its time is over
            write("next\n");
            pipe.sink().close();

            assertThat(run.awaitEnd()).isTrue();
            assertThat(run.texts()).containsExactly("java.io.IOException: broken\n\tat a.B.c(B.java:1)", "next");
        }
    }

    @Test
    void givesLinesOfTwoRunsOfTheAgentDifferentIds() throws Exception {
        List<String> ids = IntStream.range(0, 2)
                .mapToObj(i -> {
                    try {
                        open();
                        try (FeedRun run = new FeedRun(feed(lines()), events)) {
                            write("same\n");
                            pipe.sink().close();
                            run.awaitEnd();
                            return run.events().get(0).id();
                        }
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
    }
}
