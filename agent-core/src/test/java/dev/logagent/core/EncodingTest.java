package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.LogEvent;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.InputConfig;
import dev.logagent.core.config.MultilineConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.ParserConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.config.SourceConfig.StartAt;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.ScriptedTransport;
import dev.logagent.core.testing.Seeds;
import dev.logagent.core.testing.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose text is not UTF-8. */
final class EncodingTest {

    @TempDir
    Path folder;

    private Settings settings(Charset charset, int maxLineBytes) {
        return Settings.in(folder.resolve("state"))
                .maxLineBytes(maxLineBytes)
                .source(new SourceConfig(
                        SourceInfo.named("s"),
                        List.of(folder.resolve("app.log").toString()),
                        List.of(),
                        Duration.ofMillis(20),
                        StartAt.BEGINNING,
                        ParserConfig.unset(),
                        MultilineConfig.NONE,
                        new InputConfig.Files(charset, 0, Duration.ZERO)));
    }

    private List<LogEvent> readAll(Settings settings) throws Exception {
        ScriptedTransport transport = new ScriptedTransport();
        try (Agent agent =
                new Agent(settings.agent(), Map.of(OutputConfig.DEFAULT_NAME, transport), o -> new RecordingEvents())) {
            agent.start();
            agent.awaitDelivered();
        }
        return transport.events();
    }

    private List<String> texts(Settings settings) throws Exception {
        return readAll(settings).stream().map(LogEvent::text).toList();
    }

    private void append(byte[] bytes) throws IOException {
        Files.write(folder.resolve("app.log"), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "ISO-8859-1", "windows-1252", "GBK", "Shift_JIS", "ISO-2022-JP"
            })
    void deliversLinesAndGoesOnInTheMiddleOfTheFile(String name) throws Exception {
        Charset charset = Charset.forName(name);
        String special = charset.newEncoder().canEncode("Gr\u00fc\u00dfe") ? "Gr\u00fc\u00dfe" : "\u65e5\u672c";
        List<String> lines = List.of(
                "plain",
                special + " 1",
                "",
                "\u010a".repeat(charset.newEncoder().canEncode('\u010a') ? 3 : 0));
        byte[] first = (lines.get(0) + "\n" + lines.get(1) + "\r\n").getBytes(charset);
        byte[] second = (lines.get(2) + "\n" + lines.get(3) + "\n").getBytes(charset);
        append(first);
        assertThat(texts(settings(charset, 1000))).containsExactly(lines.get(0), lines.get(1));
        // Java puts a mark before each text in UTF-16.
        append(name.equals("UTF-16") ? Arrays.copyOfRange(second, 2, second.length) : second);

        List<LogEvent> read = readAll(settings(charset, 1000));

        assertThat(read.stream().map(LogEvent::text)).containsExactly(lines.get(2), lines.get(3));
        assertThat(read.get(0).run().offset(0)).isEqualTo(first.length);
    }

    @Test
    void takesTheOrderOfBytesFromTheMark() throws Exception {
        ByteArrayOutputStream little = new ByteArrayOutputStream();
        little.writeBytes(new byte[] {(byte) 0xff, (byte) 0xfe});
        little.writeBytes("one\r\ntwo\r\n".getBytes(StandardCharsets.UTF_16LE));
        append(little.toByteArray());
        assertThat(texts(settings(StandardCharsets.UTF_16, 1000))).containsExactly("one", "two");
        append("three\n".getBytes(StandardCharsets.UTF_16LE));
        assertThat(texts(settings(StandardCharsets.UTF_16, 1000))).containsExactly("three");
    }

    @Test
    void waitsForTheRestOfACharacter() throws Exception {
        byte[] bytes = "\u00e4\ud83d\ude00\n\u0a0a\u0d0a\n".getBytes(StandardCharsets.UTF_16LE);
        ScriptedTransport transport = new ScriptedTransport();
        try (Agent agent = new Agent(
                settings(StandardCharsets.UTF_16LE, 1000).agent(),
                Map.of(OutputConfig.DEFAULT_NAME, transport),
                o -> new RecordingEvents())) {
            agent.start();
            for (byte b : bytes) {
                append(new byte[] {b});
            }
            await().until(() -> transport.texts().size() == 2);
        }
        assertThat(transport.texts()).containsExactly("\u00e4\ud83d\ude00", "\u0a0a\u0d0a");
    }

    @Test
    void cutsLongLinesBetweenCharacters() throws Exception {
        Seeds.forEach(5, random -> {
            Charset charset = List.of(
                            StandardCharsets.UTF_16LE,
                            StandardCharsets.UTF_16BE,
                            Charset.forName("GBK"),
                            Charset.forName("windows-1252"))
                    .get(random.nextInt(4));
            String alphabet = charset.name().startsWith("UTF-16")
                    ? "ab\u00e4\u65e5\u0a0a"
                    : charset.name().equals("GBK") ? "ab\u65e5\u672c" : "ab\u00e4\u20ac";
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 300 + random.nextInt(300); i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
                if (charset.name().startsWith("UTF-16") && random.nextInt(3) == 0) {
                    text.append("\ud83d\ude00");
                }
            }
            Path file = folder.resolve("app.log");
            Files.write(file, (text + "\nend\n").getBytes(charset));

            List<String> pieces = new ArrayList<>(texts(settings(charset, 64 + random.nextInt(40))));

            assertThat(pieces.remove(pieces.size() - 1)).isEqualTo("end");
            assertThat(pieces).hasSizeGreaterThan(2);
            assertThat(String.join("", pieces)).isEqualTo(text.toString());
            Files.delete(file);
        });
    }
}
