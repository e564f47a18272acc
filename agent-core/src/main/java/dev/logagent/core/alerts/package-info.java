/**
 * Watches over the running agent: judges its figures by rules, raises, repeats and clears alerts, and tells whoever
 * listens. Nothing here is waited for by the pipeline.
 */
@NullMarked
package dev.logagent.core.alerts;

import org.jspecify.annotations.NullMarked;
