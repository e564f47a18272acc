/** Events as records of Apache Kafka, with its own client. */
@NullMarked
package dev.logagent.transport.kafka;

import org.jspecify.annotations.NullMarked;
