package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.testkit.Answer;
import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code log-agent dead-letter}. */
final class DeadLetterIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private AgentFolder work;
    private CollectorServer collector;

    @BeforeEach
    void start() throws IOException {
        work = new AgentFolder(folder);
        collector = work.collector();
    }

    @AfterEach
    void stop() {
        work.close();
    }

    /** Has the destination refuse each of the lines for good. */
    private void refuse(AgentProcess agent, List<String> lines) throws IOException {
        long before = agent.said("1 event.s. refused for good");
        collector.answerByDefault(Answer.status(400));
        work.append(lines);
        await().atMost(PATIENCE).until(() -> agent.said("1 event.s. refused for good") >= before + lines.size());
        collector.answerByDefault(Answer.status(200));
    }

    @Test
    void listsShowsAndSendsAgainWhileTheAgentIsRunning() throws Exception {
        List<String> lines = List.of("first \u001b[31m line", "second line", "third line");
        try (AgentProcess agent = work.running()) {
            refuse(agent, lines);

            String list = work.run("dead-letter", "list");
            assertThat(list).contains("3 dead letters", "400", "app", "first ?[31m line", "exit code 0");
            Matcher id = Pattern.compile("(?m)^([0-9a-f]{16}-[0-9a-f]+) ").matcher(list);
            assertThat(id.find()).isTrue();
            assertThat(work.run("dead-letter", "show", id.group(1)))
                    .contains("id        " + id.group(1), "reason    400", "line      first", "exit code 0");
            assertThat(work.run("dead-letter", "list", "--reason", "413")).contains("no dead letters");
            assertThat(work.run("dead-letter", "list", "--json").lines())
                    .hasSize(4)
                    .first()
                    .asString()
                    .startsWith("{\"output\":\"default\",\"rejected_at\"");

            assertThat(work.run("dead-letter", "replay", id.group(1)))
                    .contains("1 delivered, 2 kept, not selected", "exit code 0");
            assertThat(work.run("dead-letter", "replay")).contains("2 delivered", "exit code 0");

            await().atMost(PATIENCE).until(() -> collector.lines("app").size() == 3);
            assertThat(collector.lines("app")).isEqualTo(lines);
            assertThat(work.run("dead-letter", "list")).contains("no dead letters");
            refuse(agent, List.of("fourth line"));
            assertThat(work.run("dead-letter", "list")).contains("1 dead letters", "fourth line");
            assertThat(agent.terminate()).isZero();
        }
    }

    @Test
    void listsThoseOfAnOutputThatIsNotConfiguredAnyMore() throws Exception {
        work.configure("", """
            [[outputs]]
            name = "audit"
            end_point = "%s"
            send_type = "HTTP"
            [[routes]]
            outputs = ["audit"]
            """.formatted(collector.url("/audit")));
        try (AgentProcess agent = work.running()) {
            refuse(agent, List.of("left behind"));
            assertThat(agent.terminate()).isZero();
        }
        work.configure("", "");

        assertThat(work.run("dead-letter", "list"))
                .contains("audit", "left behind", "1 dead letters", "no output 'audit' is configured", "exit code 0");
        assertThat(work.run("dead-letter", "list", "--output", "audit")).contains("1 dead letters");
        assertThat(work.run("dead-letter", "replay", "--output", "audit"))
                .contains("there is no output 'audit'", "exit code 2");
        assertThat(work.run("dead-letter", "list", "--output", "nothing"))
                .contains("there is no output 'nothing'; there are: default, audit", "exit code 2");
    }

    @Test
    void neverSendsALetterWhereItsRegionMayNotGo() throws Exception {
        work.configure("regions = [\"us\"]", "region = \"us\"");
        try (AgentProcess agent = work.running()) {
            refuse(agent, List.of("stays here"));
            assertThat(agent.terminate()).isZero();
        }
        work.configure(
                "regions = [\"eu\"]",
                "region = \"eu\"\n[[sovereignty.rules]]\nregion = \"us\"\npermitted = [\"us\"]\n");

        assertThat(work.run("dead-letter", "replay"))
                .contains("0 delivered, 1 kept, because [sovereignty] forbids this output", "exit code 1");
        assertThat(collector.lines("app")).isEmpty();
    }

    @Test
    void keepsWhatIsRefusedAgainAndSaysWhenNobodyAnswers() throws Exception {
        try (AgentProcess agent = work.running()) {
            refuse(agent, List.of("one", "two"));
            assertThat(agent.terminate()).isZero();
        }
        collector.answerByDefault(Answer.status(422));
        assertThat(work.run("dead-letter", "replay")).contains("0 delivered, 2 refused again", "exit code 1");
        assertThat(work.run("dead-letter", "list")).contains("422", "after 2 attempts");
        collector.stop();
        assertThat(work.run("dead-letter", "replay"))
                .contains("0 delivered, 2 kept", "does not take anything now", "exit code 1");
        collector.restart();
        collector.answerByDefault(Answer.status(200));
        assertThat(work.run("dead-letter", "replay")).contains("2 delivered", "exit code 0");
        assertThat(collector.lines("app")).containsExactly("one", "two");
    }
}
