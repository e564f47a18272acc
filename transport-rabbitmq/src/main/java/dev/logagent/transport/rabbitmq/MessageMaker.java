package dev.logagent.transport.rabbitmq;

import com.rabbitmq.client.AMQP;
import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.encode.EventJson;
import dev.logagent.api.encode.Format;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.option.Options;
import dev.logagent.api.template.Template;
import dev.logagent.api.transport.TransportContext;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns batches into messages. Immutable. */
final class MessageMaker {

    private static final int TRANSIENT = 1;
    private static final int PERSISTENT = 2;
    private static final int USUAL_EVENT_BYTES = 1_024;

    private final TransportContext context;
    private final EventJson eventJson;
    private final Router router;
    private final String contentType;
    private final String appId;
    private final int deliveryMode;
    private final Map<String, Template> headers;
    private final @Nullable Map<String, Object> constantHeaders;

    MessageMaker(TransportContext context, Router router) {
        Options options = context.options();
        this.context = context;
        this.eventJson = context.events();
        this.router = router;
        this.contentType = options.optionalString("content_type")
                .orElse(context.format() == Format.RAW ? "text/plain" : "application/json");
        this.appId = options.optionalString("app_id").orElse(context.agentName());
        this.deliveryMode = options.bool("persistent") ? PERSISTENT : TRANSIENT;
        this.headers = new LinkedHashMap<>();
        options.map("headers").forEach((name, value) -> headers.put(name, Template.parse(value, context.agentName())));
        this.constantHeaders = headers.values().stream().allMatch(Template::isConstant) ? constant(headers) : null;
    }

    /** The messages of a batch, to be made one after the other. */
    Messages of(Batch batch) {
        return context.format() == Format.BATCH ? new WholeBatch(batch) : new SingleEvents(batch);
    }

    private AMQP.BasicProperties properties(String messageId, Date timestamp, @Nullable Map<String, Object> headers) {
        return new AMQP.BasicProperties(
                contentType,
                null,
                headers,
                deliveryMode,
                null,
                null,
                null,
                null,
                messageId,
                timestamp,
                null,
                null,
                appId,
                null);
    }

    @SuppressWarnings("JavaUtilDate") // the client library wants it
    private static Date date(long epochMillis) {
        return new Date(epochMillis);
    }

    private @Nullable Map<String, Object> headersOf(LogEvent event) {
        if (headers.isEmpty() || constantHeaders != null) {
            return constantHeaders;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        headers.forEach((name, template) -> values.put(name, template.render(event)));
        return values;
    }

    private static @Nullable Map<String, Object> constant(Map<String, Template> headers) {
        Map<String, Object> values = new LinkedHashMap<>();
        headers.forEach((name, template) -> values.put(name, template.literals()));
        return values.isEmpty() ? null : values;
    }

    /** One message for each event: as JSON, or the bare line. */
    private final class SingleEvents implements Messages {

        private final List<LogEvent> events;
        private final Router.Cursor cursor = router.cursor();
        private final JsonBuffer json = new JsonBuffer(USUAL_EVENT_BYTES);
        private EventJson.@Nullable OfRun ofRun;
        private @Nullable LineRun run;
        private Date timestamp = date(0);

        SingleEvents(Batch batch) {
            this.events = batch.events();
        }

        @Override
        public int count() {
            return events.size();
        }

        @Override
        public String id(int index) {
            return events.get(index).id();
        }

        @Override
        public int eventsPerMessage() {
            return 1;
        }

        @Override
        public Message make(int index) {
            LogEvent event = events.get(index);
            EventJson.OfRun written = ofRun;
            if (written == null || event.run() != run) {
                run = event.run();
                timestamp = date(run.detectedAtMillis());
                written = eventJson.of(run);
                ofRun = written;
            }
            Target target = cursor.target(event);
            byte[] body = body(event, target, written);
            return new Message(target, properties(event.id(), timestamp, headersOf(event)), body);
        }

        private byte[] body(LogEvent event, Target target, EventJson.OfRun written) {
            if (context.format() == Format.RAW) {
                LineRun lines = event.run();
                return Arrays.copyOfRange(
                        lines.bytes(event.line()), lines.start(event.line()), lines.end(event.line()));
            }
            json.clear();
            written.write(event.line(), target.routingKey(), json);
            return json.toByteArray();
        }
    }

    /** One message for all events. */
    private final class WholeBatch implements Messages {

        private final Batch batch;

        WholeBatch(Batch batch) {
            this.batch = batch;
        }

        @Override
        public int count() {
            return 1;
        }

        @Override
        public String id(int index) {
            return batch.id();
        }

        @Override
        public int eventsPerMessage() {
            return batch.size();
        }

        @Override
        public Message make(int index) {
            LineRun first = batch.runs().get(0);
            JsonBuffer json = new JsonBuffer((int) Math.min(batch.byteCount() * 2, 1 << 20));
            context.encoder().encode(batch, json);
            LogEvent event = new LogEvent(first, 0);
            return new Message(
                    router.cursor().target(event),
                    properties(batch.id(), date(first.detectedAtMillis()), headersOf(event)),
                    json.toByteArray());
        }
    }
}
