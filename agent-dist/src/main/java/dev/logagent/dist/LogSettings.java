package dev.logagent.dist;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the program logs: to standard error, one line an event, with local time and offset. */
final class LogSettings {

    private static final String PREFIX = "org.slf4j.simpleLogger.";
    private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error", "off");

    private LogSettings() {}

    /** Must run before the first logger is made. An unknown level is reported and taken for {@code info}. */
    static void apply(Map<String, String> env) {
        String wanted = env.getOrDefault("LOG_AGENT_LOG_LEVEL", "info").strip().toLowerCase(Locale.ROOT);
        boolean known = LEVELS.contains(wanted);
        String level = known ? wanted : "info";
        set("defaultLogLevel", level);
        if (level.equals("info")) {
            // Kafka's client tells its whole configuration, a line a key, each time a producer is made.
            set("log.org.apache.kafka", "warn");
        }
        set("showDateTime", "true");
        set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        set("showThreadName", "false");
        set("showShortLogName", "true");
        // Without it the logger itself writes a line whenever it is set up.
        setDefault("slf4j.internal.verbosity", "WARN");
        if (!known) {
            System.err.println("LOG_AGENT_LOG_LEVEL: there is no level '" + wanted + "', taking info; there are: "
                    + String.join(", ", LEVELS));
        }
    }

    private static void set(String key, String value) {
        setDefault(PREFIX + key, value);
    }

    /** What was given with {@code -D} wins. */
    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
