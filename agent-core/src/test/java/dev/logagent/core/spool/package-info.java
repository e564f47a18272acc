/** Tests: batches on disk. */
@NullMarked
package dev.logagent.core.spool;

import org.jspecify.annotations.NullMarked;
