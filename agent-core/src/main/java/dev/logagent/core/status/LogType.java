package dev.logagent.core.status;

/**
 * What a source has held of one format since the start.
 *
 * @param lines lines of files of the format
 * @param unparsed those of them that were not of it
 * @param warnings those of level {@code WARNING}
 * @param errors those of a worse level
 */
public record LogType(long lines, long unparsed, long warnings, long errors) {

    /** The one of which there was more: what two outputs have read of the same source is counted once. */
    LogType max(LogType other) {
        return lines >= other.lines ? this : other;
    }
}
