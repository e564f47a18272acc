package dev.logagent.dist.config;

import java.util.List;

/** A configuration that cannot be used, with all that is wrong with it. {@link ProblemPrinter} renders it. */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems at least one, in the order to be shown */
    public ConfigException(List<Problem> problems) {
        super(new ProblemPrinter(false).render(problems).stripTrailing());
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
