@NullMarked
package dev.logagent.core.alerts;

import org.jspecify.annotations.NullMarked;
