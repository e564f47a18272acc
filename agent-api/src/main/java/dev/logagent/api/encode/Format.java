package dev.logagent.api.encode;

/** What a payload looks like. */
public enum Format {
    /** One JSON object for the whole batch, grouped by source, with the configured enrichment. */
    BATCH("application/json"),
    /** One JSON object a line (and an event) with everything known about it. */
    EVENT("application/x-ndjson"),
    /** As {@link #BATCH}, with nothing added to the line and its time. */
    RAW("application/json");

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    /** The media type of a payload that holds a whole batch. */
    public String contentType() {
        return contentType;
    }
}
