package dev.logagent.api.transport;

/** How payloads are compressed on their way. */
public enum Compression {
    NONE,
    GZIP
}
