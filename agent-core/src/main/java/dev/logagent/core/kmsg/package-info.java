/** Stage 2 of 8, for the kernel's messages: its records, and their numbers as positions. */
@NullMarked
package dev.logagent.core.kmsg;

import org.jspecify.annotations.NullMarked;
