package dev.logagent.api.encode;

import dev.logagent.api.Batch;

/** Writes whole batches. Stateless: any number of threads may share one. */
public interface PayloadEncoder {

    /** Appends the batch to the buffer. */
    void encode(Batch batch, JsonBuffer out);

    /** The media type of what {@link #encode} writes. */
    String contentType();

    /** The encoder of a format, with levels in upper case. */
    static PayloadEncoder of(Format format) {
        return of(format, LevelCase.UPPER);
    }

    /** The encoder of a format. */
    static PayloadEncoder of(Format format, LevelCase levelCase) {
        return switch (format) {
            case BATCH -> new BatchJson(true, levelCase);
            case RAW -> new BatchJson(false, levelCase);
            case EVENT -> new EventLines(levelCase);
        };
    }
}
