package dev.logagent.core.parser;

/** Understands the lines of one format. Stateless: any number of threads may share one. */
@FunctionalInterface
interface LineParser {

    /**
     * Reads the line and puts what it finds into it.
     *
     * @return whether the line is of the format; if not, whatever was found is forgotten
     */
    boolean parse(Line line);

    /** Tries this one, then another. */
    default LineParser or(LineParser other) {
        return line -> parse(line) || (line.again() && other.parse(line));
    }
}
