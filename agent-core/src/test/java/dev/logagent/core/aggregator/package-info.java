/** Tests: batches. */
@NullMarked
package dev.logagent.core.aggregator;

import org.jspecify.annotations.NullMarked;
