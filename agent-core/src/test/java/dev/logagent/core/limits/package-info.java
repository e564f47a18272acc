@NullMarked
package dev.logagent.core.limits;

import org.jspecify.annotations.NullMarked;
