/**
 * Beside stage 5 of 8: batches on disk, for the time when the destination is away and the memory is full.
 */
@NullMarked
package dev.logagent.core.spool;

import org.jspecify.annotations.NullMarked;
