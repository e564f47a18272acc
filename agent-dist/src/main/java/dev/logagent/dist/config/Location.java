package dev.logagent.dist.config;

import java.util.List;

/**
 * Where a key and its value stand.
 *
 * @param key the key, or the header of a table
 * @param value the value; the same as the key for a table with a header
 * @param inputs what {@code ${…}} in the value was replaced from, for a person to read; empty when there is none
 * @param secret whether a part of the value came from a file of secrets
 */
record Location(SourceText text, Span key, Span value, List<String> inputs, boolean secret) {

    Location {
        inputs = List.copyOf(inputs);
    }

    /** As a message names it: {@code log-agent.config:7}. */
    String shown() {
        return text.label() + ":" + key.line();
    }

    /** As a message about the same or another file names it: {@code line 7} or {@code conf.d/a.toml:7}. */
    String seenFrom(Location other) {
        return text.label().equals(other.text().label()) ? "line " + key.line() : shown();
    }
}
