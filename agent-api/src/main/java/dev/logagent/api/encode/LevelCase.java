package dev.logagent.api.encode;

/** How levels are written. */
public enum LevelCase {
    /** {@code ERROR} */
    UPPER,
    /** {@code error} */
    LOWER
}
