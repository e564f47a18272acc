/** Batches over WebSocket, as {@code docs/websocket-protocol.md} says. */
@NullMarked
package dev.logagent.transport.websocket;

import org.jspecify.annotations.NullMarked;
