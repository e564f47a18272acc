/** The agent's settings: immutable, complete and valid. Reading them from a file is somebody else's work. */
@NullMarked
package dev.logagent.core.config;

import org.jspecify.annotations.NullMarked;
