package dev.logagent.dist.config;

/**
 * A piece of one line.
 *
 * @param line from 1
 * @param column in characters, from 1
 * @param length in characters
 */
record Span(int line, int column, int length) {

    /** The beginning of a file, when there is nothing in it to point at. */
    static final Span START = new Span(1, 1, 0);
}
