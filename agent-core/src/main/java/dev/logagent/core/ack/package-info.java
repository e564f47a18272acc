/**
 * Stage 7 of 8: takes resolved batches from the sender, and knows how far each file is safely delivered.
 */
@NullMarked
package dev.logagent.core.ack;

import org.jspecify.annotations.NullMarked;
