package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which event goes where: every one to what its route says, and none nowhere. */
final class RoutesIT {

    @TempDir
    Path folder;

    private CollectorServer rest;
    private CollectorServer one;
    private CollectorServer two;

    @BeforeEach
    void start() throws IOException {
        rest = CollectorServer.start();
        one = CollectorServer.start();
        two = CollectorServer.start();
    }

    @AfterEach
    void stop() {
        List.of(rest, one, two).forEach(CollectorServer::close);
    }

    @Test
    void theFirstRouteThatHoldsDecidesByServiceRegionAndTags() throws Exception {
        run("""
                [[routes]]
                services = ["shop"]
                outputs = ["one"]
                [[routes]]
                regions = ["eu", "ch"]
                outputs = ["two"]
                [[routes]]
                tags = { team = "blue", tier = "gold" }
                outputs = ["one", "two"]
                """, "");

        assertThat(sourcesAt(one)).containsExactly("a-service", "a-tags");
        assertThat(sourcesAt(two)).containsExactly("a-region", "a-tags");
        assertThat(sourcesAt(rest)).as("what no route takes").containsExactly("a-half-tagged", "a-nothing");
    }

    @Test
    void routesThatGoOnAddTheirOutputs() throws Exception {
        run("""
                [[routes]]
                services = ["shop"]
                outputs = ["one"]
                continue = true
                [[routes]]
                regions = ["eu"]
                outputs = ["two"]
                continue = true
                [[routes]]
                tags = { team = "blue" }
                outputs = ["default"]
                continue = true
                """, "");

        assertThat(sourcesAt(one)).containsExactly("a-service");
        assertThat(sourcesAt(two)).containsExactly("a-region", "a-service");
        assertThat(sourcesAt(rest)).containsExactly("a-half-tagged", "a-nothing", "a-tags");
    }

    @Test
    void anOutputThatParsesLinesAndOneThatDoesNotJudgeThemAlike() throws Exception {
        List<String> lines = List.of(
                "127.0.0.1 - - [10/Oct/2026:13:55:36 +0000] \"GET /ERROR HTTP/1.0\" 200 2326",
                "127.0.0.1 - - [10/Oct/2026:13:55:37 +0000] \"GET /INFO HTTP/1.0\" 503 2326");
        Files.write(folder.resolve("a-nothing.log"), lines);
        run("""
                [[routes]]
                levels = ["ERROR"]
                outputs = ["one"]
                """, "format = \"event\"");

        assertThat(one.lines("a-nothing")).containsExactly(lines.get(1));
        assertThat(rest.lines("a-nothing")).containsExactly(lines.get(0));
    }

    @Test
    void aRouteByServiceTakesLinesThatNameIt() throws Exception {
        List<String> lines = List.of(
                "Nov 21 10:00:00 host sshd[7]: Accepted password for jane", "Nov 21 10:00:01 host cron[8]: it is time");
        Files.write(folder.resolve("a-nothing.log"), lines);
        run("""
                [[routes]]
                services = ["sshd"]
                outputs = ["one"]
                """, "format = \"event\"");

        assertThat(one.lines("a-nothing")).containsExactly(lines.get(0));
        assertThat(rest.lines("a-nothing")).containsExactly(lines.get(1));
    }

    /** Runs the agent over five sources that differ in what routes look at. */
    private void run(String routes, String ofOutputs) throws Exception {
        String config = """
                [global]
                agent_name = "test"
                end_point = "%s"
                send_type = "HTTP"
                state_dir = "state"
                """.formatted(rest.url("/log"))
                + source("a-service", "service = \"shop\"\nregion = \"eu\"")
                + source("a-region", "region = \"eu\"")
                + source("a-tags", "tags = { team = \"blue\", tier = \"gold\" }")
                + source("a-half-tagged", "tags = { team = \"blue\" }")
                + source("a-nothing", "")
                + output("one", one, ofOutputs)
                + output("two", two, ofOutputs)
                + routes;
        Files.writeString(folder.resolve("log-agent.config"), config);
        try (AgentProcess agent = AgentProcess.start(folder, "run", "--once")) {
            assertThat(agent.exitCode()).as(agent::output).isZero();
        }
    }

    private String source(String name, String more) throws IOException {
        Path log = folder.resolve(name + ".log");
        if (!Files.exists(log)) {
            Files.writeString(log, "from " + name + "\n");
        }
        return "[[sources]]\nname = \"%s\"\nlog_path = \"%s.log\"\n%s\n".formatted(name, name, more);
    }

    private static String output(String name, CollectorServer destination, String more) {
        return "[[outputs]]\nname = \"%s\"\nsend_type = \"HTTP\"\nend_point = \"%s\"\n%s\n"
                .formatted(name, destination.url("/log"), more);
    }

    private List<String> sourcesAt(CollectorServer destination) {
        return List.of("a-half-tagged", "a-nothing", "a-region", "a-service", "a-tags").stream()
                .filter(source -> destination.lines(source).equals(List.of("from " + source)))
                .toList();
    }
}
