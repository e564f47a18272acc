package dev.logagent.dist.check;

/**
 * One line of {@code log-agent check}.
 *
 * @param what the thing that was tried
 * @param sentence what came out, and what to do about it if it is not as it should be
 */
public record Finding(Verdict verdict, String what, String sentence) {

    /** How bad it is. */
    public enum Verdict {
        OK,
        /** The agent runs, but perhaps not as the user thinks. */
        WARN,
        /** The agent cannot do what it is asked to. */
        FAIL
    }

    static Finding ok(String what, String sentence) {
        return new Finding(Verdict.OK, what, sentence);
    }

    static Finding warn(String what, String sentence) {
        return new Finding(Verdict.WARN, what, sentence);
    }

    static Finding fail(String what, String sentence) {
        return new Finding(Verdict.FAIL, what, sentence);
    }

    @Override
    public String toString() {
        return String.format("%-4s  %s  %s", verdict, what, sentence);
    }
}
