package dev.logagent.testkit;

import dev.logagent.receiver.websocket.Reply;
import java.time.Duration;

/** How {@link WebSocketReceiver} treats one batch. */
public sealed interface WebSocketAnswer {

    /** Takes the batch and says so. */
    record Ack() implements WebSocketAnswer {}

    /** Takes the batch, and says so only when {@link WebSocketReceiver#ackHeld} is called. */
    record Hold() implements WebSocketAnswer {}

    /** Reads the batch, then never says a word about it. */
    record Silence() implements WebSocketAnswer {}

    /** Asks for the batch again. */
    record Retry(Duration after, String reason) implements WebSocketAnswer {}

    /** Will not take the batch, ever. */
    record Reject(String reason) implements WebSocketAnswer {}

    /** Ends the connection properly instead of answering. */
    record Close(int code, String reason) implements WebSocketAnswer {}

    /** Breaks the connection instead of answering. */
    record Cut() implements WebSocketAnswer {}

    /** Says this, in which {@code {id}} stands for the batch's id, and then answers as told. */
    record Say(String text, WebSocketAnswer then) implements WebSocketAnswer {}

    /** Whether a batch that is treated so counts as taken. */
    default boolean stores() {
        return this instanceof Ack
                || this instanceof Hold
                || (this instanceof Say say && say.then().stores());
    }

    /** Whether the answer is to wait for {@link WebSocketReceiver#ackHeld}. */
    default boolean holds() {
        return this instanceof Hold || (this instanceof Say say && say.then().holds());
    }

    /** Says what there is to be said at once. */
    default void give(String batchId, Reply reply) {
        if (this instanceof Ack) {
            reply.ack();
        } else if (this instanceof Retry retry) {
            reply.retry(retry.after(), retry.reason());
        } else if (this instanceof Reject reject) {
            reply.reject(reject.reason());
        } else if (this instanceof Close close) {
            reply.close(close.code(), close.reason());
        } else if (this instanceof Cut) {
            reply.cut();
        } else if (this instanceof Say say) {
            reply.say(say.text().replace("{id}", batchId));
            say.then().give(batchId, reply);
        }
    }
}
