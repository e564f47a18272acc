package dev.logagent.core.alerts;

import java.util.Locale;

/**
 * Whom an alert is about.
 *
 * @param name of the output, source or worker; of the agent itself {@code agent}
 */
public record Subject(Kind kind, String name) {

    /** The agent as a whole. */
    public static final Subject AGENT = new Subject(Kind.AGENT, "agent");

    /** What can be in trouble. */
    public enum Kind {
        AGENT,
        OUTPUT,
        SOURCE,
        WORKER;

        /** The name that programs see. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Subject output(String name) {
        return new Subject(Kind.OUTPUT, name);
    }

    static Subject source(String name) {
        return new Subject(Kind.SOURCE, name);
    }

    static Subject worker(String name) {
        return new Subject(Kind.WORKER, name);
    }
}
