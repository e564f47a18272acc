package dev.logagent.dist.init;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A configuration to begin with, with comments that explain it. */
public final class StarterConfig {

    private StarterConfig() {}

    /**
     * The text of the configuration.
     *
     * @param root the folder that names of sources leave out
     * @param logs the files to read; if there are none, a pattern takes their place
     */
    public static String text(String agentName, String endPoint, String sendType, Path root, List<Path> logs) {
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
        if (logs.isEmpty()) {
            text.append("\n# No log was found below %s: name yours here.\n".formatted(root));
            append(text, "logs", root.resolve("*.log").toString());
        }
        names(root, logs).forEach((name, path) -> append(text, name, path.toString()));
        return text.toString();
    }

    private static void append(StringBuilder text, String name, String path) {
        text.append("""

                [[sources]]
                name = %s
                log_path = %s
                """.formatted(quoted(name), quoted(path)));
    }

    /** Short names, each once: the path below the root without its ending, folders joined by hyphens. */
    private static Map<String, Path> names(Path root, List<Path> logs) {
        Map<String, Path> names = new LinkedHashMap<>();
        for (Path log : logs) {
            String base = root.relativize(log).toString().replace('/', '-').replaceAll("\\.log$", "");
            String name = base.isEmpty() ? "log" : base;
            for (int next = 2; names.containsKey(name); next++) {
                name = base + "-" + next;
            }
            names.put(name, log);
        }
        return names;
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
