/**
 * Between stages 2 and 4: takes out of lines what must not reach an output, before they are batched, and so before they
 * leave the process or touch the disk.
 */
@NullMarked
package dev.logagent.core.redaction;

import org.jspecify.annotations.NullMarked;
