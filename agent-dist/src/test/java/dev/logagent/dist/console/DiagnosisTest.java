package dev.logagent.dist.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.events.AgentCounters;
import dev.logagent.core.events.AgentStatus;
import dev.logagent.core.status.FileStatus;
import dev.logagent.core.status.Gauges;
import dev.logagent.core.status.Health;
import dev.logagent.core.status.LatencyHistogram;
import dev.logagent.core.status.OutputStatus;
import dev.logagent.core.status.ProcessStatus;
import dev.logagent.core.status.SourceStatus;
import dev.logagent.dist.console.Trouble.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DiagnosisTest {

    private static final ProcessStatus PROCESS = new ProcessStatus(1, 1, 1, 1, 1, 10, 1024, 1, 1);

    private static OutputStatus output(
            Health.State state, String reason, long rejected, @Nullable String stateProblem) {
        return output(state, reason, rejected, stateProblem, new AgentStatus.Spool(0, 0, 0, 0, 0, 0), null);
    }

    private static OutputStatus output(
            Health.State state,
            String reason,
            long rejected,
            @Nullable String stateProblem,
            AgentStatus.Spool spool,
            @Nullable String spoolProblem) {
        return new OutputStatus(
                "default",
                new Health(state, reason, 1000),
                new OutputStatus.Read(0, 0),
                new OutputStatus.Delivered(0, 0, 0, new LatencyHistogram().counts()),
                new OutputStatus.Queue(0, 0, new Gauges(0, 0, 10, 0, 100, 0, 0, 0, Duration.ZERO, Duration.ZERO)),
                0,
                Map.of(),
                new LatencyHistogram().counts(),
                new OutputStatus.DeadLetters(rejected, 0, "too odd", null, Map.of()),
                spool,
                0,
                spoolProblem,
                stateProblem);
    }

    private static OutputStatus delivering() {
        return output(Health.State.DELIVERING, "", 0, null);
    }

    private static SourceStatus source(String name, Map<String, Long> lost, FileStatus... files) {
        return new SourceStatus(
                name,
                List.of("/var/log/" + name),
                new SourceStatus.Counters(0, 0, 0, 0, 0, 0, lost, Map.of()),
                Map.of(),
                List.of(files));
    }

    private static FileStatus file(String path, FileStatus.State state, String reason, long lagMillis) {
        return new FileStatus(path, state, reason, 10, 0, 0, lagMillis);
    }

    private static Snapshot snapshot(
            List<OutputStatus> outputs,
            List<SourceStatus> sources,
            Set<String> paused,
            SpeedLimits limits,
            ProcessStatus process) {
        return new Snapshot(
                new Program("test", "1", Map.of(), "a.config", Reloads.none(0)),
                1_000_000,
                outputs,
                sources,
                paused,
                limits,
                List.of(),
                process,
                new AgentCounters().status(0, 0, 0),
                false);
    }

    private static List<String> told(Snapshot now) {
        return now.troubles().stream()
                .map(trouble -> trouble.severity() + " " + trouble.what() + " " + trouble.says())
                .toList();
    }

    private static List<String> told(List<OutputStatus> outputs, SourceStatus... sources) {
        return told(snapshot(outputs, List.of(sources), Set.of(), SpeedLimits.NONE, PROCESS));
    }

    @Test
    void namesWhatWasDroppedAndWhyTheSpoolFails() {
        AgentStatus.Spool spool = new AgentStatus.Spool(2, 4096, 10, 3, 0, 0);

        assertThat(told(List.of(output(Health.State.DELIVERING, "", 0, null, spool, "No space left on device"))))
                .containsExactly(
                        "ERROR Output default the spool cannot be used: No space left on device.",
                        "ERROR Output default 3 events were dropped since the start: there was no room, and on_full is"
                                + " drop_oldest.");
    }

    @Test
    void saysNothingWhenAllIsWell() {
        assertThat(told(List.of(delivering()), source("a", Map.of(), file("/a", FileStatus.State.FOLLOWING, "", 0))))
                .isEmpty();
    }

    @Test
    void tellsWhyAnOutputDoesNotDeliverAndWhatToDo() {
        assertThat(told(List.of(output(Health.State.REFUSED, "401 Unauthorized", 0, "disk full"))))
                .containsExactly(
                        "ERROR Output default refuses everything: 401 Unauthorized. Check end_point and credentials;"
                                + " nothing is lost, it is retried slowly.",
                        "ERROR Output default positions cannot be saved: disk full. A restart would send lines again.");
        Snapshot busy = snapshot(
                List.of(output(Health.State.RETRYING, "busy", 0, null)),
                List.of(),
                Set.of(),
                SpeedLimits.NONE,
                PROCESS);
        assertThat(busy.troubles())
                .singleElement()
                .satisfies(trouble -> assertThat(trouble.sinceMillis()).isEqualTo(1000));
    }

    @Test
    void namesAFewOfManyFiles() {
        FileStatus[] files = IntStream.range(0, 5)
                .mapToObj(i -> file("/f" + i, FileStatus.State.UNREADABLE, "permission denied", 0))
                .toArray(FileStatus[]::new);

        assertThat(told(List.of(delivering()), source("a", Map.of(), files)))
                .containsExactly("ERROR 5 files cannot be read: /f0 (permission denied), /f1 (permission denied),"
                        + " /f2 (permission denied) and 2 more.");
    }

    @Test
    void theWorstComesFirst() {
        List<Trouble> troubles = snapshot(
                        List.of(output(Health.State.DELIVERING, "", 2, null)),
                        List.of(
                                source("empty", Map.of()),
                                source("late", Map.of(), file("/l", FileStatus.State.BEHIND, "", 250_000)),
                                source("later", Map.of(), file("/m", FileStatus.State.BEHIND, "", 9_000_000)),
                                source(
                                        "lossy",
                                        Map.of("truncated", 7L),
                                        file("/n", FileStatus.State.FOLLOWING, "", 0))),
                        Set.of(),
                        SpeedLimits.NONE,
                        PROCESS)
                .troubles();

        assertThat(troubles)
                .extracting(Trouble::severity)
                .containsExactly(Severity.ERROR, Severity.WARNING, Severity.WARNING, Severity.NOTICE);
        assertThat(troubles.get(0).says()).isEqualTo("7 bytes are lost since the start: truncated.");
        assertThat(troubles.get(1).says())
                .startsWith("2 events were refused for good")
                .endsWith("too odd");
        assertThat(troubles.get(2).what()).isEqualTo("Source later");
        assertThat(troubles.get(2).source()).isEqualTo("later");
        assertThat(troubles.get(2).says())
                .isEqualTo("is 2 h 30 min behind: catching up: not read to its end yet. 1 more source is behind.");
        assertThat(troubles.get(3).says()).isEqualTo("is waiting for a file: empty (/var/log/empty).");
    }

    @Test
    void warnsBeforeDescriptorsRunOut() {
        ProcessStatus scarce = new ProcessStatus(1, 1, 1, 1, 1, 900, 1024, 1, 1);

        assertThat(told(snapshot(List.of(delivering()), List.of(), Set.of(), SpeedLimits.NONE, scarce)))
                .singleElement()
                .satisfies(told -> assertThat(told).contains("900 of 1024", "LimitNOFILE"));
    }

    @Test
    void saysWhatHoldsASourceUp() {
        SourceStatus late = source("late", Map.of(), file("/l", FileStatus.State.BEHIND, "", 42_000));
        SpeedLimits limits = new SpeedLimits(Map.of("late", "limited to 5 lines a second by max_lines_per_sec"), "");

        assertThat(told(snapshot(List.of(delivering()), List.of(late), Set.of(), limits, PROCESS)))
                .containsExactly(
                        "WARNING Source late is 42 s behind: limited to 5 lines a second by max_lines_per_sec.");
        assertThat(told(snapshot(List.of(delivering()), List.of(late), Set.of("late"), limits, PROCESS)))
                .contains("WARNING Source late is 42 s behind: paused by somebody; log-agent resume goes on.");
        assertThat(told(List.of(output(Health.State.RETRYING, "no route to host", 0, null)), late))
                .contains("WARNING Source late is 42 s behind: no route to host.");
    }

    @Test
    void namesSourcesThatAreNoFilesAndCannotBeRead() {
        assertThat(told(
                        List.of(delivering()),
                        source(
                                "journal",
                                Map.of(),
                                file("the systemd journal", FileStatus.State.UNREADABLE, "no such program", 0))))
                .containsExactly("ERROR Source journal cannot read the systemd journal: no such program.");
    }
}
