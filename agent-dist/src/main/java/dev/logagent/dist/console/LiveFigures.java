package dev.logagent.dist.console;

import dev.logagent.dist.alerts.Vigil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the figures of each second, remembers those of the last minutes, and sends them to all who look. For use on the
 * dashboard's thread.
 */
final class LiveFigures {

    private static final int REMEMBERED = 300;
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Watch watch;
    private final Vigil vigil;
    private final Deque<Sample> history = new ArrayDeque<>();
    private final List<Feed> feeds = new ArrayList<>();
    private Sample.@Nullable Totals before;

    LiveFigures(Watch watch, Vigil vigil) {
        this.watch = watch;
        this.vigil = vigil;
    }

    /** Begins with what is remembered. */
    void add(Feed feed) {
        Json json = new Json().object().field("type", "hello").key("agent");
        Snapshot now = watch.look(FRESH);
        StatusJson.agent(json, now);
        json.key("names").list();
        for (String name : Sample.NAMES) {
            json.value(name);
        }
        json.endList().key("history").list();
        history.forEach(sample -> write(json, sample));
        json.endList();
        feed.send(json.endObject().bytes());
        feeds.add(feed);
        if (before != null) {
            feed.send(message(now, null));
        }
    }

    private static void write(Json json, Sample sample) {
        json.list().value(sample.atMillis() / 1e3);
        for (double value : sample.values()) {
            json.value(value);
        }
        json.endList();
    }

    /** To be called once a second. */
    void tick() {
        feeds.removeIf(feed -> !feed.isOpen());
        Snapshot now = feeds.isEmpty() ? watch.lookUnseen(FRESH) : watch.look(FRESH);
        Sample.Totals totals = Sample.Totals.of(now);
        Sample.Totals last = before;
        before = totals;
        if (last == null) {
            return;
        }
        Sample sample = Sample.between(last, totals, now);
        if (history.size() == REMEMBERED) {
            history.removeFirst();
        }
        history.addLast(sample);
        if (!feeds.isEmpty()) {
            byte[] message = message(now, sample);
            feeds.forEach(feed -> feed.send(message));
        }
    }

    private byte[] message(Snapshot now, @Nullable Sample sample) {
        List<Trouble> troubles = now.troubles();
        Json json = new Json().object().field("type", "figures").field("status", StatusJson.status(now, troubles));
        if (sample != null) {
            json.key("sample");
            write(json, sample);
        }
        StatusJson.troubles(json, troubles);
        json.key("alerts");
        AlertsJson.list(json, vigil.active());
        json.key("cleared");
        AlertsJson.list(json, vigil.recent());
        json.key("outputs");
        StatusJson.outputs(json, now.program(), now.outputs());
        json.key("process");
        StatusJson.process(json, now.process());
        json.field("sources", now.sources().size());
        json.field("files", now.files());
        return json.endObject().bytes();
    }

    void ping() {
        feeds.forEach(Feed::ping);
    }
}
