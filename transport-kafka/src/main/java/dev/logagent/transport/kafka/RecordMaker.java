package dev.logagent.transport.kafka;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.encode.EventJson;
import dev.logagent.api.encode.Format;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.encode.PayloadEncoder;
import dev.logagent.api.option.Options;
import dev.logagent.api.template.Template;
import dev.logagent.api.transport.TransportContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Makes one record of each event, whatever the format. Immutable; a {@link OfRun} is confined to one thread. */
final class RecordMaker {

    private final Format format;
    private final EventJson events;
    private final PayloadEncoder encoder;
    private final Template topic;
    private final Template key;
    private final List<HeaderTemplate> headers;

    RecordMaker(TransportContext context) {
        Options options = context.options();
        String agent = context.agentName();
        this.format = context.format();
        this.events = context.events();
        this.encoder = context.encoder();
        this.topic = topicTemplate(options.string("topic"), agent);
        this.key = Template.parse(options.string("key"), agent);
        this.headers = options.map("headers").entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(header -> new HeaderTemplate(header.getKey(), Template.parse(header.getValue(), agent)))
                .toList();
    }

    /** The name of the only topic, or null if it depends on the event. */
    @Nullable String onlyTopic() {
        return topic.isConstant() ? TopicName.legalWhole(topic.literals()) : null;
    }

    /**
     * What makes the records of one run.
     *
     * @param json where to encode, for the same thread's use only
     */
    OfRun of(Batch batch, LineRun run, JsonBuffer json) {
        return new OfRun(batch, run, json);
    }

    /** The agent's name is part of the text, and may have characters that a topic cannot have. */
    private static Template topicTemplate(String text, String agentName) {
        return Template.parse(text, TopicName.legalPiece(agentName));
    }

    private String topicOf(LogEvent event) {
        return TopicName.legalWhole(topic.render(event, TopicName::legalPiece));
    }

    /** A header whose value depends on the event. */
    private record HeaderTemplate(String name, Template value) {}

    /** The records of one run; what is the same for all of its lines is made once. */
    final class OfRun {

        private final Batch batch;
        private final LineRun run;
        private final JsonBuffer json;
        private final EventJson.OfRun eventsOfRun;
        private final @Nullable String sameTopic;
        private final byte @Nullable [] sameKey;

        /** By the index of the template; null where the lines differ. */
        private final @Nullable Header[] sameHeaders = new Header[headers.size()];

        private OfRun(Batch batch, LineRun run, JsonBuffer json) {
            this.batch = batch;
            this.run = run;
            this.json = json;
            this.eventsOfRun = events.of(run);
            LogEvent first = new LogEvent(run, 0);
            this.sameTopic = topic.isSameWithin(run) ? topicOf(first) : null;
            this.sameKey = key.isSameWithin(run) ? keyOf(first) : null;
            for (int i = 0; i < sameHeaders.length; i++) {
                HeaderTemplate header = headers.get(i);
                sameHeaders[i] = header.value.isSameWithin(run) ? header(header, first) : null;
            }
        }

        ProducerRecord<byte[], byte[]> record(int line) {
            LogEvent event = new LogEvent(run, line);
            return new ProducerRecord<>(
                    sameTopic != null ? sameTopic : topicOf(event),
                    null,
                    run.detectedAtMillis(),
                    key.isSameWithin(run) ? sameKey : keyOf(event),
                    value(line),
                    headers(event));
        }

        private byte[] value(int line) {
            json.clear();
            if (format == Format.EVENT) {
                eventsOfRun.write(line, null, json);
            } else {
                LineRun alone = run.slice(line, line + 1);
                encoder.encode(new Batch(batch.agentName(), batch.number(), List.of(alone)), json);
            }
            return json.toByteArray();
        }

        private @Nullable List<Header> headers(LogEvent event) {
            if (sameHeaders.length == 0) {
                return null;
            }
            Header[] all = new Header[sameHeaders.length];
            for (int i = 0; i < all.length; i++) {
                Header same = sameHeaders[i];
                all[i] = same != null ? same : header(headers.get(i), event);
            }
            return Arrays.asList(all);
        }

        private Header header(HeaderTemplate header, LogEvent event) {
            return new RecordHeader(header.name, utf8(header.value, event));
        }

        private byte @Nullable [] keyOf(LogEvent event) {
            return key.isEmpty() ? null : utf8(key, event);
        }

        private byte[] utf8(Template template, LogEvent event) {
            json.clear();
            template.write(event, json);
            return json.toByteArray();
        }
    }
}
