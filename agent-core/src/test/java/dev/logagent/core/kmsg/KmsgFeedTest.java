package dev.logagent.core.kmsg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.Level;
import dev.logagent.api.LogEvent;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.config.ParserConfig;
import dev.logagent.core.config.SourceConfig.StartAt;
import dev.logagent.core.input.StreamPosition;
import dev.logagent.core.parser.RunParser;
import dev.logagent.core.testing.FeedRun;
import dev.logagent.core.testing.RecordingEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records of a kernel: of the one that runs here where it lets us, and of one that does what we say. */
final class KmsgFeedTest {

    private static final Path DEVICE = Path.of("/dev/kmsg");
    private static final Boot BOOT = new Boot("b1", 1_000_000_000_000L);

    private final RecordingEvents events = new RecordingEvents();
    private final Positions positions = new Positions();

    /** Gives a record a read, and waits when there is none; an empty one stands for those that were overwritten. */
    private static final class Ring implements ReadableByteChannel {

        private final LinkedBlockingQueue<String> records;
        private volatile boolean closed;

        Ring(List<String> records) {
            this.records = new LinkedBlockingQueue<>(records);
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            try {
                String record = records.take();
                if (record.isEmpty()) {
                    throw new IOException("Broken pipe");
                }
                byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
                into.put(bytes);
                return bytes.length;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public boolean isOpen() {
            return !closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static String record(int number, String text) {
        return "6," + number + "," + number * 1000L + ",-;" + text + "\n";
    }

    private static List<String> records(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> record(i, "message " + i))
                .toList();
    }

    private KmsgFeed feed(Ring ring, Boot boot, StartAt start) {
        StreamPosition position = new StreamPosition(positions, "s", "/dev/kmsg", "kmsg /dev/kmsg");
        return new KmsgFeed(DEVICE, () -> ring, boot, SourceInfo.named("s"), position, start, events);
    }

    /** Reads everything, and confirms it. */
    private List<LogEvent> readAll(List<String> records, Boot boot) throws Exception {
        try (FeedRun run = new FeedRun(feed(new Ring(records), boot, StartAt.BEGINNING), events)) {
            assertThat(run.finish()).isTrue();
            run.runs().forEach(positions::resolve);
            RunParser parser = new RunParser("kernel", ParserConfig.of("kernel"));
            return run.runs().stream()
                    .map(parser::parse)
                    .flatMap(parsed -> IntStream.range(0, parsed.count()).mapToObj(i -> new LogEvent(parsed, i)))
                    .toList();
        }
    }

    @Test
    void understandsARecordWithAllItsLines() throws Exception {
        String record = "11,339,5140900,-;usb 1-1: reset\n SUBSYSTEM=usb\n DEVICE=c189:1\n";

        LogEvent event = readAll(List.of(record), BOOT).get(0);

        assertThat(event.text()).startsWith("11,339,5140900,-;usb 1-1: reset\n SUBSYSTEM=usb\n DEVICE=c189:1");
        assertThat(event.message()).isEqualTo("usb 1-1: reset");
        assertThat(event.level()).isEqualTo(Level.ERROR);
        assertThat(event.timestampMillis()).isEqualTo(BOOT.startMillis() + 5140);
        assertThat(event.metadata())
                .containsEntry("facility", "user")
                .containsEntry("sequence", "339")
                .containsEntry("uptime", "5.140900")
                .containsEntry("SUBSYSTEM", "usb")
                .containsEntry("DEVICE", "c189:1");
    }

    @Test
    void goesOnAfterTheLastRecordThatWasDelivered() throws Exception {
        assertThat(readAll(records(0, 5), BOOT)).hasSize(5);

        List<LogEvent> next = readAll(records(0, 8), BOOT);

        assertThat(next).extracting(LogEvent::message).containsExactly("message 5", "message 6", "message 7");
        assertThat(events.named("recordsLost")).isEmpty();
    }

    @Test
    void countsRecordsThatWereOverwritten() throws Exception {
        readAll(records(0, 5), BOOT);

        assertThat(readAll(records(9, 12), BOOT)).hasSize(3);

        assertThat(events.named("recordsLost")).hasSize(1).first().asString().startsWith("recordsLost 4 ");
    }

    @Test
    void goesOnWhenTheKernelOvertakesTheReader() throws Exception {
        List<LogEvent> read = readAll(List.of(record(1, "a"), "", record(7, "b")), BOOT);

        assertThat(read).extracting(LogEvent::message).containsExactly("a", "b");
        assertThat(events.named("recordsLost")).hasSize(1).first().asString().startsWith("recordsLost 5 ");
        assertThat(events.named("inputFailing")).isEmpty();
    }

    @Test
    void beginsAnewAfterABoot() throws Exception {
        List<LogEvent> before = readAll(records(0, 5), BOOT);

        List<LogEvent> after = readAll(records(0, 2), new Boot("b2", 2_000_000_000_000L));

        assertThat(after).hasSize(2);
        assertThat(after.get(0).id()).isNotEqualTo(before.get(0).id());
        assertThat(events.named("inputNotice")).hasSize(1);
    }

    @Test
    void passesOverWhatIsThereWhenItBeginsAtTheEnd() throws Exception {
        Ring ring = new Ring(records(0, 5));
        try (FeedRun run = new FeedRun(feed(ring, BOOT, StartAt.END), events)) {
            ring.records.add(record(5, "new"));
            await().until(() -> !run.texts().isEmpty());
            assertThat(run.texts()).hasSize(1).first().asString().startsWith("6,5,5000,-;new");
        }
    }

    @Test
    void tellsWhyADeviceCannotBeRead() throws Exception {
        StreamPosition position = new StreamPosition(positions, "s", "none", "kmsg none");
        KmsgFeed feed = new KmsgFeed(
                Path.of("/nonexistent/kmsg"), BOOT, SourceInfo.named("s"), position, StartAt.BEGINNING, events);
        try (FeedRun run = new FeedRun(feed, events)) {
            assertThat(run.finish()).isTrue();
        }
        assertThat(events.named("inputFailing")).hasSize(1).first().asString().contains("there is none");
    }

    @Test
    void readsThisHostsKernelOrSaysThatItMayNot() throws Exception {
        StreamPosition position = new StreamPosition(positions, "s", DEVICE.toString(), "kmsg");
        KmsgFeed feed =
                new KmsgFeed(DEVICE, Boot.current(), SourceInfo.named("s"), position, StartAt.BEGINNING, events);
        try (FeedRun run = new FeedRun(feed, events)) {
            assertThat(run.finish()).isTrue();
            if (events.named("inputFailing").isEmpty()) {
                assertThat(run.texts()).allMatch(text -> text.contains("\n _TIME="));
            } else {
                assertThat(events.named("inputFailing").get(0)).containsAnyOf("may not read", "there is none");
            }
        }
    }
}
