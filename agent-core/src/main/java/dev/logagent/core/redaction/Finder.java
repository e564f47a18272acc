package dev.logagent.core.redaction;

/**
 * Knows what one kind of secret looks like. In time linear in the length of the line; never throws, whatever the bytes.
 * Stateless unless it says so.
 */
interface Finder {

    /** Tells of all matches in the line {@code bytes[start .. end)}, in order, none overlapping. */
    void find(byte[] bytes, int start, int end, Edits edits);
}
