package dev.logagent.api.option;

import java.util.List;
import java.util.stream.Collectors;

/** Options that cannot be used, with all that is wrong with them. */
public final class InvalidOptionsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<OptionProblem> problems;

    /** @param problems at least one */
    public InvalidOptionsException(List<OptionProblem> problems) {
        super(problems.stream().map(OptionProblem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** One problem with the value of one key. */
    public InvalidOptionsException(String key, String message) {
        this(List.of(new OptionProblem(List.of(key), OptionProblem.Place.VALUE, message, null)));
    }

    public List<OptionProblem> problems() {
        return problems;
    }
}
