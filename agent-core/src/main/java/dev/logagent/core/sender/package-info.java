/**
 * Stage 5 of 8: takes batches from the aggregator, gives them to the transport, and repeats until the destination or the dead letters have them.
 */
@NullMarked
package dev.logagent.core.sender;

import org.jspecify.annotations.NullMarked;
