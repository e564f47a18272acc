@NullMarked
package dev.logagent.core.lines;

import org.jspecify.annotations.NullMarked;
