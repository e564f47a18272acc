@NullMarked
package dev.logagent.core.multiline;

import org.jspecify.annotations.NullMarked;
