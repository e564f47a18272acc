package dev.logagent.transport.rabbitmq;

/** The messages that one batch becomes. Confined to one thread, but for {@link #id}. */
interface Messages {

    /** How many messages there are, at least 1. */
    int count();

    /** How many events each one carries: message {@code i} those from {@code i * eventsPerMessage()} on. */
    int eventsPerMessage();

    /** The id of a message; may be asked for by any thread. */
    String id(int index);

    /** Makes a message. */
    Message make(int index);
}
