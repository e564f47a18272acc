package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.testkit.Answer;
import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several destinations: each on its own, none gets what is not for it, and one end point can stand in for another. */
final class OutputsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern README_EXAMPLE =
            Pattern.compile("## Several destinations.*?```toml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private CollectorServer one;
    private CollectorServer two;
    private CollectorServer three;

    @BeforeEach
    void start() throws IOException {
        one = CollectorServer.start();
        two = CollectorServer.start();
        three = CollectorServer.start();
    }

    @AfterEach
    void stop() {
        List.of(one, two, three).forEach(CollectorServer::close);
    }

    @Test
    void anOutputThatIsDownNeitherDelaysTheOthersNorMakesThemRepeatAnything() throws Exception {
        three.stop();
        configure(one.url("/log"), source("app"), output("two", two), output("three", three), """
                [[routes]]
                outputs = ["default", "two", "three"]
                """);
        try (AgentProcess agent = AgentProcess.running(folder)) {
            write("app", Lines.numbered("app", 0, 20_000));
            awaitLines(one, "app", 20_000);
            awaitLines(two, "app", 20_000);
            agent.awaitLog("destination/three.*not delivering");
            assertThat(agent.terminate()).isZero();
        }
        try (AgentProcess agent = AgentProcess.running(folder)) {
            write("app", Lines.numbered("app", 20_000, 20_100));
            awaitLines(one, "app", 20_100);
            awaitLines(two, "app", 20_100);
            assertThat(agent.terminate()).isZero();
        }

        assertThat(one.lines("app")).isEqualTo(Lines.numbered("app", 0, 20_100));
        assertThat(two.lines("app")).isEqualTo(Lines.numbered("app", 0, 20_100));
        assertThat(three.requests()).isEmpty();
    }

    @Test
    void anOutputThatComesBackGetsWhatItHasMissed() throws Exception {
        two.stop();
        configure(one.url("/log"), source("app"), output("two", two), """
                [[routes]]
                outputs = ["default", "two"]
                """);
        write("app", Lines.numbered("app", 0, 1000));
        try (AgentProcess agent = AgentProcess.running(folder)) {
            awaitLines(one, "app", 1000);
            assertThat(agent.terminate()).isZero();
        }
        two.restart();
        try (AgentProcess agent = AgentProcess.start(folder, "run", "--once")) {
            assertThat(agent.exitCode()).as(agent::output).isZero();
        }

        assertThat(two.lines("app")).isEqualTo(Lines.numbered("app", 0, 1000));
        assertThat(one.lines("app")).as("not again").isEqualTo(Lines.numbered("app", 0, 1000));
    }

    @Test
    void routesByLevelAndSourceAndSendsTheRestToTheDefaultOutput() throws Exception {
        configure(
                one.url("/log"),
                source("shop"),
                source("web-1"),
                source("web-2"),
                output("two", two),
                output("three", three),
                """
                [[routes]]
                levels = ["ERROR", "CRITICAL"]
                outputs = ["three"]
                continue = true
                [[routes]]
                sources = ["web-*"]
                outputs = ["two"]
                """);
        for (String source : List.of("shop", "web-1", "web-2")) {
            write(source, List.of("INFO a", "ERROR b", "no level c", "FATAL d"));
        }
        try (AgentProcess agent = AgentProcess.start(folder, "run", "--once")) {
            assertThat(agent.exitCode()).as(agent::output).isZero();
        }

        assertThat(one.lines("shop")).containsExactly("INFO a", "no level c");
        assertThat(one.lines("web-1")).isEmpty();
        for (String web : List.of("web-1", "web-2")) {
            assertThat(two.lines(web)).containsExactly("INFO a", "ERROR b", "no level c", "FATAL d");
            assertThat(three.lines(web)).containsExactly("ERROR b", "FATAL d");
        }
        assertThat(two.lines("shop")).isEmpty();
        assertThat(three.lines("shop")).containsExactly("ERROR b", "FATAL d");
    }

    @Test
    void eventsNeverCrossTheirBorderNotEvenByFailover() throws Exception {
        one.stop();
        configure(
                three.url("/us"),
                "regions = [\"us\"]",
                source("eu", "region = \"eu\""),
                source("us", "region = \"us\""),
                output("eu", "[\"" + one.url("/eu") + "\", \"" + two.url("/eu") + "\"]", "regions = [\"eu\"]"),
                """
                [[routes]]
                outputs = ["default", "eu"]
                [[sovereignty.rules]]
                region = "eu"
                permitted = ["eu"]
                """);
        try (AgentProcess agent = AgentProcess.running(folder)) {
            write("eu", Lines.numbered("eu", 0, 500));
            write("us", Lines.numbered("us", 0, 500));
            awaitLines(two, "eu", 500);
            awaitLines(two, "us", 500);
            awaitLines(three, "us", 500);

            // Now the border has nobody left behind it who could take them.
            two.stop();
            write("eu", Lines.numbered("eu", 500, 1000));
            write("us", Lines.numbered("us", 500, 1000));
            awaitLines(three, "us", 1000);
            agent.awaitLog("destination/eu.*not delivering");
            two.restart();
            awaitLines(two, "eu", 1000);
            assertThat(agent.terminate()).isZero();
        }

        assertThat(two.lines("eu").stream().distinct()).hasSize(1000);
        assertThat(three.lines("eu")).as("crossed the border").isEmpty();
    }

    @Test
    void refusesToStartWhenASourceCouldGoNowhere() throws Exception {
        configure(one.url("/log"), "regions = [\"us\"]", source("app", "region = \"eu\""), """
                [[sovereignty.rules]]
                region = "eu"
                permitted = ["eu"]
                """);
        try (AgentProcess agent = AgentProcess.start(folder)) {
            assertThat(agent.exitCode()).isEqualTo(2);
            assertThat(agent.output())
                    .contains("the events of source 'app' are routed to no output that may have them")
                    .contains("output 'default' is in us")
                    .doesNotContain("\tat ");
        }
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void anEndPointStandsInForAnotherAndTheLogSaysSo() throws Exception {
        configure(one.url("/log") + "\", \"" + two.url("/log"), source("app"), output("unused", three));
        try (AgentProcess agent = AgentProcess.running(folder)) {
            agent.awaitLog("nothing is routed to output 'unused'");
            write("app", Lines.numbered("app", 0, 100));
            awaitLines(one, "app", 100);
            one.stop();
            write("app", Lines.numbered("app", 100, 200));
            awaitLines(two, "app", 100);
            write("app", Lines.numbered("app", 200, 300));
            awaitLines(two, "app", 200);
            assertThat(agent.said("sending to .*" + two.port() + ".* from now on, because .*" + one.port()))
                    .as(agent::output)
                    .isEqualTo(1);
            assertThat(agent.terminate()).isZero();
        }

        assertThat(two.lines("app")).isEqualTo(Lines.numbered("app", 100, 300));
        assertThat(three.requests()).isEmpty();
    }

    @Test
    void checksEveryOutputAndEveryEndPoint() throws Exception {
        write("app", List.of("a"));
        two.stop();
        configure(one.url("/log") + "\", \"" + two.url("/log"), source("app"), output("three", three));
        try (AgentProcess agent = AgentProcess.start(folder, "check")) {
            assertThat(agent.exitCode()).as("one of two end points is enough").isZero();
            agent.awaitLog("OK    destination " + one.url("/log"));
            agent.awaitLog("WARN  destination " + two.url("/log"));
            agent.awaitLog("OK    output 'three' destination " + three.url("/log"));
        }
        try (AgentProcess agent = AgentProcess.start(folder, "check", "--send", "can you hear me?")) {
            assertThat(agent.exitCode()).isZero();
            agent.awaitLog("OK    output 'three' .* has taken the event 'can you hear me\\?'");
        }
        assertThat(one.lines("log-agent-check")).containsExactly("can you hear me?");
        assertThat(three.lines("log-agent-check")).containsExactly("can you hear me?");
        three.answerByDefault(Answer.status(401));
        try (AgentProcess agent = AgentProcess.start(folder, "check", "--send")) {
            assertThat(agent.exitCode()).isEqualTo(1);
            agent.awaitLog("FAIL  output 'three' .*401");
        }
        three.stop();
        try (AgentProcess agent = AgentProcess.start(folder, "check")) {
            assertThat(agent.exitCode()).isEqualTo(1);
            agent.awaitLog("FAIL  output 'three' destination " + three.url("/log"));
        }
    }

    @Test
    void runsTheExampleOfTheReadme() throws Exception {
        Matcher example = README_EXAMPLE.matcher(Files.readString(Path.of("../README.md")));
        assertThat(example.find()).isTrue();
        String config = example.group(1)
                .replace("http://logs-1:8080", one.url(""))
                .replace("http://logs-2:8080", two.url(""))
                .replace("http://alerts:8080", three.url(""))
                .replace("/var/log/", "")
                .replace("[global]\nagent_name", "[global]\nstate_dir = \"state\"\nagent_name");
        Files.writeString(folder.resolve("log-agent.config"), config);
        write("shop", List.of("INFO sold", "ERROR not sold"));
        one.stop();
        try (AgentProcess agent = AgentProcess.start(folder, "run", "--once")) {
            assertThat(agent.exitCode()).as(agent::output).isZero();
        }

        assertThat(two.lines("shop")).containsExactly("INFO sold", "ERROR not sold");
        assertThat(three.lines("shop")).containsExactly("ERROR not sold");
    }

    private void configure(String endPoint, String... more) throws IOException {
        List<String> text = new ArrayList<>(List.of("""
                [global]
                agent_name = "test"
                end_point = ["%s"]
                send_type = "HTTP"
                state_dir = "state"
                start_at = "beginning"
                interval_secs = 0.05
                shutdown_timeout_secs = 1
                """.formatted(endPoint)));
        text.addAll(List.of(more));
        Files.write(folder.resolve("log-agent.config"), text);
    }

    private static String source(String name, String... more) {
        return "[[sources]]\nname = \"" + name + "\"\nlog_path = \"" + name + ".log\"\n" + String.join("\n", more);
    }

    private static String output(String name, CollectorServer destination) {
        return output(name, "\"" + destination.url("/log") + "\"");
    }

    private static String output(String name, String endPoints, String... more) {
        return "[[outputs]]\nname = \"" + name + "\"\nsend_type = \"HTTP\"\nend_point = " + endPoints + "\n"
                + String.join("\n", more);
    }

    private static void awaitLines(CollectorServer destination, String source, int count) {
        await().atMost(PATIENCE).until(() -> destination.lines(source).size() >= count);
    }

    private void write(String source, List<String> lines) throws IOException {
        Files.write(folder.resolve(source + ".log"), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
