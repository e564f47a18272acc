package dev.logagent.core.spool;

import java.nio.ByteBuffer;

/**
 * What was put into the spool, and is now taken out.
 *
 * @param sequence names the record when it is resolved
 * @param payload the bytes that were written
 */
public record SpoolRecord(long sequence, ByteBuffer payload) {}
