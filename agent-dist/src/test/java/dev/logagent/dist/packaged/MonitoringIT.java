package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logagent.testkit.Answer;
import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules for Prometheus and the dashboard for Grafana that are shipped: with Prometheus' own tool, and a real scrape. */
final class MonitoringIT {

    private static final Pattern METRIC = Pattern.compile("\\b(logagent|process)_[a-z0-9_]+");

    @TempDir
    Path folder;

    private static Path deploy(String file) {
        return Path.of(System.getProperty("log-agent.repository"), "deploy", file)
                .normalize();
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    @Test
    void rulesAreRaisedWhenTheyShouldAndOnlyThen() throws Exception {
        Path rules = deploy("prometheus/log-agent.rules.yml");
        String test = Files.readString(Path.of("src/test/resources/prometheus/rules.test.yml"));
        Path made = Files.writeString(
                folder.resolve("test.yml"), test.replace("rule_files: [RULES]", "rule_files: ['" + rules + "']"));

        assertThat(promtool("check", "rules", rules.toString())).contains("SUCCESS");
        assertThat(promtool("test", "rules", made.toString())).contains("SUCCESS");
        Matcher alert = Pattern.compile("- alert: (\\w+)").matcher(Files.readString(rules));
        while (alert.find()) {
            assertThat(test).as("a healthy agent").contains("alertname: " + alert.group(1) + ", exp_alerts: []");
        }
    }

    @Test
    void everyMetricThatIsAskedForIsServed() throws Exception {
        try (CollectorServer destination = CollectorServer.start()) {
            destination.answerTo("bad", Answer.status(400));
            DashboardProcess.configure(folder, destination.url("/log"), "listen = '127.0.0.1:0'");
            Path config = folder.resolve("log-agent.config");
            Files.writeString(
                    config,
                    Files.readString(config).replace("delay_ms = 20", "delay_ms = 20\nparser = \"syslog\"")
                            + "\n[[redact]]\npreset = \"email\"\n");
            DashboardProcess.write(folder.resolve("app.log"), "mail of a@example.com", "bad");
            try (DashboardProcess dashboard = DashboardProcess.running(folder)) {
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> dashboard
                                .get("/metrics")
                                .body()
                                .contains("dead_letter_events_total{output=\"default\"} 1"));
                String scrape = dashboard.get("/metrics").body();

                assertThat(scrape)
                        .contains("logagent_redactions_total{rule=\"email\"} 1\n")
                        .contains("logagent_lines_not_parsed_total 2\n")
                        .contains("logagent_deleted_bytes_held 0\n")
                        .contains("logagent_delivery_latency_seconds_count{output=\"default\",transport=\"http\"} 1\n");
                Set<String> served = names(scrape);
                assertThat(served).containsAll(names(Files.readString(deploy("prometheus/log-agent.rules.yml"))));
                assertThat(served).containsAll(names(expressions()));
            }
        }
    }

    /** All that the dashboard asks Prometheus for; each of it must be a query, as in a rule. */
    private String expressions() throws Exception {
        JsonNode dashboard = DashboardProcess.parse(Files.readString(deploy("grafana/log-agent.json")));
        StringBuilder rules = new StringBuilder("groups:\n- name: panels\n  rules:\n");
        for (String expression : dashboard.findValuesAsText("expr")) {
            String query = expression
                    .replace("$__rate_interval", "5m")
                    .replace("$job", ".*")
                    .replace("$instance", ".*");
            rules.append("  - record: panel:q:").append(rules.length()).append('\n');
            rules.append("    expr: '").append(query).append("'\n");
        }
        Path file = Files.writeString(folder.resolve("panels.yml"), rules);
        assertThat(promtool("check", "rules", file.toString())).contains("SUCCESS");
        return rules.toString();
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Matcher metric = METRIC.matcher(text);
        while (metric.find()) {
            names.add(metric.group());
        }
        return names;
    }

    @Test
    void bothAreInTheProgramsFolder() {
        assertThat(AgentProcess.home().resolve("share/prometheus/log-agent.rules.yml"))
                .isRegularFile();
        assertThat(AgentProcess.home().resolve("share/grafana/log-agent.json")).isRegularFile();
    }
}
