package dev.logagent.dist.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.dist.client.JsonValue;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TopScreenTest {

    private static TopScreen screen(int delivered, int lines, long seconds) throws IOException {
        return new TopScreen(
                JsonValue.parse("""
                        {"stats": {"agent": {"name": "host", "version": "1", "uptime_seconds": 3700},
                        "monitor": {"lines_read": %d, "bytes_read": 0, "lag_seconds": 250},
                        "sender": {"events_delivered": %d},
                        "health": {"status": "warning", "process": {"cpu_seconds": 0, "resident_bytes": 52000000},
                        "problems": [{"severity": "warning", "what": "Source b", "says": "is behind.\\nmore"}]}}}
                        """.formatted(lines, delivered)),
                JsonValue.parse("""
                        {"sources": [
                        {"name": "a", "state": "following", "lines_read": %d, "lag_seconds": 0, "files_total": 1},
                        {"name": "b", "state": "behind", "lines_read": 0, "lag_seconds": 250, "lag_bytes": 3100000},
                        {"name": "c", "state": "following", "paused": true, "lines_read": 0}]}
                        """.formatted(lines)),
                JsonValue.parse("""
                        {"outputs": [{"name": "default", "state": "retrying", "reason": "no \\u001b[31manswer",
                        "events_delivered": %d, "spool": {"bytes": 1500}, "send_seconds": {"p99": 0.012}}]}
                        """.formatted(delivered)),
                seconds * 1_000_000_000L);
    }

    @Test
    void showsRatesAndTheSourcesThatAreMostBehindFirst() throws IOException {
        List<String> lines = screen(3000, 2000, 12).since(screen(1000, 0, 10), 100);

        assertThat(lines.get(0)).contains("host", "up 1 h 1 min", "warning", "memory 52.0 MB");
        assertThat(lines.get(1))
                .contains("read 1,000 lines/s", "delivered 1,000 events/s", "oldest undelivered 4 min 10 s");
        assertThat(lines.get(2)).isEqualTo("! Source b is behind.");
        assertThat(lines)
                .anyMatch(line -> line.matches("default +retrying +1,000 .* 1.5 kB +12 ms +no \\?\\[31manswer"));
        assertThat(lines.get(lines.size() - 3)).startsWith("b").contains("behind", "3.1 MB", "4 min 10 s");
        assertThat(lines.get(lines.size() - 2)).startsWith("a").contains("1,000");
        assertThat(lines.get(lines.size() - 1)).startsWith("c").contains("paused");
    }

    @Test
    void fitsOnTheScreen() throws IOException {
        List<String> lines = screen(0, 0, 2).since(screen(0, 0, 1), 9);
        assertThat(lines).hasSize(9);
        assertThat(lines.get(8)).isEqualTo("… and 3 more sources, all less behind");
    }
}
