package dev.logagent.dist.console;

import dev.logagent.core.status.FileStatus;
import dev.logagent.core.status.Health;
import dev.logagent.core.status.OutputStatus;
import dev.logagent.core.status.ProcessStatus;
import dev.logagent.core.status.SourceStatus;
import dev.logagent.dist.console.Trouble.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says in plain words what is wrong, the worst first. For one use. */
final class Diagnosis {

    private static final int NAMED = 3;
    private static final double FEW_DESCRIPTORS_LEFT = 0.8;

    private final List<Trouble> troubles = new ArrayList<>();

    private Diagnosis() {}

    static List<Trouble> of(Snapshot now) {
        Diagnosis diagnosis = new Diagnosis();
        now.outputs().forEach(diagnosis::output);
        diagnosis.unreadable(now.sources());
        now.sources().forEach(diagnosis::source);
        diagnosis.behind(now);
        diagnosis.waiting(now.sources());
        diagnosis.process(now.process());
        diagnosis.configuration(now.program().reloads());
        diagnosis.paused(now.paused());
        diagnosis.troubles.sort(Comparator.comparing(Trouble::severity));
        return List.copyOf(diagnosis.troubles);
    }

    private void configuration(Reloads reloads) {
        Reloads.Refusal refusal = reloads.refusal();
        if (refusal != null) {
            add(
                    Severity.WARNING,
                    "The configuration",
                    "has changed on disk but cannot be taken over; the one before still holds. " + refusal.reason(),
                    refusal.atMillis());
        }
    }

    private void paused(Set<String> paused) {
        if (!paused.isEmpty()) {
            add(
                    Severity.WARNING,
                    counted(paused.size(), "source", "sources"),
                    (paused.size() == 1 ? "is" : "are") + " not read because somebody has paused it: "
                            + String.join(", ", new TreeSet<>(paused)) + ". log-agent resume goes on.",
                    0);
        }
    }

    private void output(OutputStatus output) {
        String what = "Output " + output.name();
        Health health = output.health();
        if (health.state() == Health.State.REFUSED) {
            add(
                    Severity.ERROR,
                    what,
                    "refuses everything: " + health.reason()
                            + ". Check end_point and credentials; nothing is lost, it is retried slowly.",
                    health.sinceMillis());
        } else if (health.state() == Health.State.RETRYING) {
            add(
                    Severity.ERROR,
                    what,
                    "does not deliver: " + health.reason() + ". Nothing is lost, it is retried.",
                    health.sinceMillis());
        }
        if (output.spoolProblem() != null) {
            add(Severity.ERROR, what, "the spool cannot be used: " + output.spoolProblem() + ".", 0);
        }
        if (output.spool().eventsDropped() > 0) {
            add(
                    Severity.ERROR,
                    what,
                    counted(output.spool().eventsDropped(), "event was", "events were")
                            + " dropped since the start: there was no room, and on_full is drop_oldest.",
                    0);
        }
        if (output.stateProblem() != null) {
            add(
                    Severity.ERROR,
                    what,
                    "positions cannot be saved: " + output.stateProblem() + ". A restart would send lines again.",
                    0);
        }
        OutputStatus.DeadLetters dead = output.deadLetters();
        if (dead.problem() != null) {
            add(Severity.ERROR, what, "dead letters cannot be written: " + dead.problem(), 0);
        }
        if (dead.events() > 0) {
            add(
                    Severity.WARNING,
                    what,
                    counted(dead.events(), "event was", "events were")
                            + " refused for good and kept as dead letters; the last one because: " + dead.lastReason(),
                    0);
        }
    }

    private void unreadable(List<SourceStatus> sources) {
        List<FileStatus> files = sources.stream()
                .flatMap(source -> source.files().stream())
                .filter(file -> file.isFile() && file.state() == FileStatus.State.UNREADABLE)
                .toList();
        if (!files.isEmpty()) {
            String named = files.stream()
                    .limit(NAMED)
                    .map(file -> file.path() + " (" + file.reason() + ")")
                    .collect(Collectors.joining(", "));
            add(
                    Severity.ERROR,
                    counted(files.size(), "file", "files"),
                    "cannot be read: " + named + more(files.size()) + ".",
                    0);
        }
    }

    private void source(SourceStatus source) {
        source.files().stream()
                .filter(input -> !input.isFile() && input.state() == FileStatus.State.UNREADABLE)
                .forEach(input ->
                        about(source, Severity.ERROR, "cannot read " + input.path() + ": " + input.reason() + "."));
        lost(source, source.counters().lostBytes(), "byte is", "bytes are");
        lost(source, source.counters().lostRecords(), "message is", "messages are");
    }

    private void lost(SourceStatus source, Map<String, Long> lost, String one, String many) {
        lost.forEach((reason, count) ->
                about(source, Severity.ERROR, counted(count, one, many) + " lost since the start: " + reason + "."));
    }

    private void behind(Snapshot now) {
        List<SourceStatus> late = now.sources().stream()
                .filter(source -> source.files().stream().anyMatch(file -> file.state() == FileStatus.State.BEHIND))
                .sorted(Comparator.comparingLong(SourceStatus::lagMillis).reversed())
                .toList();
        if (!late.isEmpty()) {
            SourceStatus worst = late.get(0);
            FileStatus oldest = worst.files().stream()
                    .max(Comparator.comparingLong(FileStatus::lagMillis))
                    .orElseThrow();
            String others = late.size() == 1
                    ? ""
                    : " " + counted(late.size() - 1, "more source is", "more sources are") + " behind.";
            about(
                    worst,
                    Severity.WARNING,
                    "is " + age(worst.lagMillis()) + " behind: "
                            + Explanation.of(oldest, worst, now).says() + "." + others);
        }
    }

    private void waiting(List<SourceStatus> sources) {
        List<SourceStatus> empty = sources.stream()
                .filter(source -> source.state() == SourceStatus.State.WAITING)
                .toList();
        if (!empty.isEmpty()) {
            String named = empty.stream()
                    .limit(NAMED)
                    .map(source -> source.name() + " (" + String.join(", ", source.patterns()) + ")")
                    .collect(Collectors.joining(", "));
            add(
                    Severity.NOTICE,
                    counted(empty.size(), "source", "sources"),
                    (empty.size() == 1 ? "is" : "are") + " waiting for a file: " + named + more(empty.size()) + ".",
                    0);
        }
    }

    private void process(ProcessStatus process) {
        if (process.maxOpenFiles() > 0 && process.openFiles() > FEW_DESCRIPTORS_LEFT * process.maxOpenFiles()) {
            add(
                    Severity.WARNING,
                    "The agent",
                    "has " + process.openFiles() + " of " + process.maxOpenFiles()
                            + " file descriptors in use: raise its limit (LimitNOFILE).",
                    0);
        }
    }

    private void add(Severity severity, String what, String says, long sinceMillis) {
        troubles.add(new Trouble(severity, what, says, sinceMillis, null));
    }

    private void about(SourceStatus source, Severity severity, String says) {
        troubles.add(new Trouble(severity, "Source " + source.name(), says, 0, source.name()));
    }

    private static String more(int count) {
        return count > NAMED ? " and " + (count - NAMED) + " more" : "";
    }

    private static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    static String age(long millis) {
        Duration age = Duration.ofMillis(millis);
        if (age.toHours() > 0) {
            return age.toHours() + " h " + age.toMinutesPart() + " min";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min " + age.toSecondsPart() + " s" : age.toSeconds() + " s";
    }
}
