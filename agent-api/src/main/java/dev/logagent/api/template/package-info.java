/** Texts with places for values of an event: topics, routing keys, headers. */
@NullMarked
package dev.logagent.api.template;

import org.jspecify.annotations.NullMarked;
