package dev.logagent.dist.init;

import dev.logagent.core.inventory.FoundFile;
import dev.logagent.core.inventory.FoundFile.Kind;
import dev.logagent.core.inventory.FoundFile.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A configuration to begin with, with comments that explain it. */
public final class StarterConfig {

    private StarterConfig() {}

    /**
     * The text of the configuration.
     *
     * @param root the folder that was looked through
     * @param files what was found there; if there is nothing to read, a pattern takes its place
     */
    public static String text(String agentName, String endPoint, String sendType, Path root, List<FoundFile> files) {
        StringBuilder text = new StringBuilder("""
                # Configuration of log-agent, written by "log-agent init".
                # Try it:    log-agent check
                # All keys:  docs/configuration.md, or "log-agent config schema"

                [global]
                # Names this agent in everything it sends.
                agent_name = %s
                # Where to, and by which transport; "log-agent transports" lists them.
                end_point = %s
                send_type = %s
                # A batch leaves when it is full, or that long after its first line.
                interval_secs = 5
                max_batch_size = 100
                # Files that are there at the very first start: "end" sends what is new, "beginning" all of it.
                start_at = "end"

                # The page http://127.0.0.1:8000/ shows how the agent does; without this table there is none.
                [dashboard]
                listen = "127.0.0.1:8000"
                """.formatted(quoted(agentName), quoted(endPoint), quoted(sendType)));
        Map<String, List<FoundFile>> sources = new TreeMap<>();
        for (FoundFile file : files) {
            Kind kind = file.kind();
            if (kind != null) {
                sources.computeIfAbsent(kind.source(), name -> new ArrayList<>())
                        .add(file);
            }
        }
        if (sources.isEmpty()) {
            text.append("\n# No log was found below %s: name yours here.\n".formatted(root));
            text.append(source("logs", List.of(root.resolve("*.log").toString())));
        }
        sources.forEach((name, found) -> append(text, name, found));
        text.append("""

                # With this table the agent looks for logs itself, in /var/log and where containers have theirs: those of
                # services that come later, too. What the sources above name is left to them.
                # [discovery]
                """);
        return text.toString();
    }

    private static void append(StringBuilder text, String name, List<FoundFile> files) {
        text.append(
                source(name, files.stream().map(file -> file.path().toString()).toList()));
        Set<String> parsers = new TreeSet<>();
        Set<String> services = new TreeSet<>();
        for (FoundFile file : files) {
            Kind kind = file.kind();
            if (kind != null) {
                parsers.add(kind.parser());
                services.add(kind.service() == null ? "" : kind.service());
            }
        }
        text.append("parser = ")
                .append(quoted(parsers.size() == 1 ? parsers.iterator().next() : "auto"))
                .append('\n');
        if (services.size() == 1 && !services.contains("")) {
            text.append("service = ").append(quoted(services.iterator().next())).append('\n');
        }
        for (FoundFile file : files) {
            if (file.state() == State.UNREADABLE) {
                text.append("# ").append(file.path().toString().replaceAll("\\p{Cntrl}", "?"));
                text.append(" cannot be read now: ").append(file.reason()).append('\n');
            }
        }
    }

    private static String source(String name, List<String> paths) {
        String value = paths.size() == 1
                ? quoted(paths.get(0))
                : paths.stream().map(StarterConfig::quoted).collect(Collectors.joining(", ", "[", "]"));
        return """

                [[sources]]
                name = %s
                log_path = %s
                """.formatted(quoted(name), value);
    }

    /** A TOML string; a dollar is doubled, since one alone may begin a variable. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '$' -> quoted.append("$$");
                default -> {
                    if (Character.isISOControl(c)) {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
