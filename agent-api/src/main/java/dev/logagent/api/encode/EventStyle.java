package dev.logagent.api.encode;

/**
 * What is left to taste in how an event is written.
 *
 * @param levelCase how levels are written, in every format that has them
 * @param hasRaw whether events hold the line as it was read beside what was found in it; batches always do
 */
public record EventStyle(LevelCase levelCase, boolean hasRaw) {

    /** Levels in upper case, and the line. */
    public static final EventStyle USUAL = new EventStyle(LevelCase.UPPER, true);
}
