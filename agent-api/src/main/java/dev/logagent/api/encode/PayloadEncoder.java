package dev.logagent.api.encode;

import dev.logagent.api.Batch;

/** Writes whole batches. Stateless: any number of threads may share one. */
public interface PayloadEncoder {

    /** Appends the batch to the buffer. */
    void encode(Batch batch, JsonBuffer out);

    /** The media type of what {@link #encode} writes. */
    String contentType();

    /** The encoder of a format, as usual. */
    static PayloadEncoder of(Format format) {
        return of(format, EventStyle.USUAL);
    }

    /** The encoder of a format. */
    static PayloadEncoder of(Format format, EventStyle style) {
        return switch (format) {
            case BATCH -> new BatchJson(true, style);
            case RAW -> new BatchJson(false, style);
            case EVENT -> new EventLines(style);
        };
    }
}
