package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged agent and the packaged receiver speak the same WebSocket protocol. */
final class WebSocketIT {

    private static final Pattern ADDRESS = Pattern.compile("listening on (ws://127\\.0\\.0\\.1:\\d+/)");

    @TempDir
    Path folder;

    @Test
    void deliversEveryLineOnceAndInOrder() throws Exception {
        Path store = folder.resolve("got.jsonl");
        List<String> lines = Lines.numbered("app", 0, 1000);
        Files.write(folder.resolve("app.log"), lines);
        try (AgentProcess receiver = AgentProcess.start(
                folder,
                "receive",
                "--listen",
                "127.0.0.1:0",
                "--websocket",
                "127.0.0.1:0",
                "--quiet",
                "--store",
                store.toString())) {
            receiver.awaitLog("listening on ws:");
            Matcher address = ADDRESS.matcher(receiver.output());
            assertThat(address.find()).as(receiver::output).isTrue();
            configure(address.group(1));
            try (AgentProcess agent = AgentProcess.start(folder, "run", "--once")) {
                assertThat(agent.exitCode()).as(agent::output).isZero();
            }
            assertThat(receiver.terminate()).isZero();
            assertThat(receiver.output()).contains("received 1000 events");
        }

        assertThat(received(store)).isEqualTo(lines);
    }

    private void configure(String endPoint) throws Exception {
        Files.writeString(folder.resolve("log-agent.config"), """
                [global]
                agent_name = "test"
                end_point = "%s"
                send_type = "websocket"
                state_dir = "state"
                start_at = "beginning"
                max_batch_size = 100
                [[sources]]
                name = "app"
                log_path = "app.log"
                """.formatted(endPoint));
    }

    private static List<String> received(Path store) throws Exception {
        ObjectMapper json = new ObjectMapper();
        List<String> lines = new ArrayList<>();
        for (String event : Files.readAllLines(store)) {
            lines.add(json.readTree(event).get("data").asText());
        }
        return lines;
    }
}
