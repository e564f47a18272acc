/**
 * Stage 4 of 8: takes runs of lines from the detectors, gives batches to the sender.
 */
@NullMarked
package dev.logagent.core.aggregator;

import org.jspecify.annotations.NullMarked;
