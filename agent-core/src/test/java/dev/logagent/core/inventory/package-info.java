@NullMarked
package dev.logagent.core.inventory;

import org.jspecify.annotations.NullMarked;
