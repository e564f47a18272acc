/**
 * The pipeline: discovery, detector, parser, aggregator, sender, transport, ack, checkpoint, in this order. {@link
 * dev.logagent.core.Agent} starts and stops it.
 */
@NullMarked
package dev.logagent.core;

import org.jspecify.annotations.NullMarked;
