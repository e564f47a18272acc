package dev.logagent.transport.rabbitmq;

import com.rabbitmq.client.AMQP;

/** What is published for one event, or for a whole batch. Nobody may write to its body. */
final class Message {

    private final Target target;
    private final AMQP.BasicProperties properties;
    private final byte[] body;

    /** @param body not copied */
    Message(Target target, AMQP.BasicProperties properties, byte[] body) {
        this.target = target;
        this.properties = properties;
        this.body = body;
    }

    Target target() {
        return target;
    }

    AMQP.BasicProperties properties() {
        return properties;
    }

    /** The body itself, not a copy. */
    byte[] body() {
        return body;
    }
}
