/**
 * Alerts of the program: has the running agent watched over, and tells of changes by webhook and command. What is told, and
 * to whom, the configuration says; nothing here is waited for by the pipeline.
 */
@NullMarked
package dev.logagent.dist.alerts;

import org.jspecify.annotations.NullMarked;
