package dev.logagent.dist.console;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Leads requests to those who answer them, on the dashboard's thread. Safe for use by several threads. */
final class Rooms {

    private static final String FIGURES = "/api/live";
    private static final String LINES = "/api/events";
    private static final int MOST_FEEDS = 64;

    private final Executor thread;
    private final Site site;
    private final Actions actions;
    private final Executor acting = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "dashboard-action");
        made.setDaemon(true);
        return made;
    });
    private final LiveFigures figures;
    private final LiveLines lines;
    private final AtomicInteger feeds = new AtomicInteger();

    /** @param thread the one that is used for the others */
    Rooms(Executor thread, Site site, Actions actions, LiveFigures figures, LiveLines lines) {
        this.thread = thread;
        this.site = site;
        this.actions = actions;
        this.figures = figures;
        this.lines = lines;
    }

    /** Whether a path is that of a WebSocket. */
    static boolean isFeed(String path) {
        return path.equals(FIGURES) || path.equals(LINES);
    }

    /** Has a request answered, soon. */
    void answer(String path, boolean trusted, Consumer<Answer> reply) {
        thread.execute(() -> reply.accept(answer(path, trusted)));
    }

    /** Has something done, one after the other, and answers when it is. */
    void act(String path, Map<String, List<String>> parameters, Consumer<Answer> reply) {
        acting.execute(() -> {
            Answer answer = act(path, parameters);
            thread.execute(() -> {
                site.refresh();
                reply.accept(answer);
            });
        });
    }

    private Answer act(String path, Map<String, List<String>> parameters) {
        try {
            return actions.act(path, parameters);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.error(503, "the agent stops");
        } catch (RuntimeException e) {
            Dashboard.reportBug(e);
            return Answer.error(500, "this has failed; the log of the agent says more");
        }
    }

    private Answer answer(String path, boolean trusted) {
        try {
            return site.answer(path, trusted);
        } catch (RuntimeException e) {
            Dashboard.reportBug(e);
            return Answer.error(500, "the dashboard has failed; the log of the agent says more");
        }
    }

    /** Where a visitor who wants a feed is let in. */
    interface Entrance {
        void enter(Feed feed);
    }

    /**
     * The way to a feed; null if there are too many visitors.
     *
     * @throws IllegalArgumentException if a parameter is wrong, with a message for the visitor
     */
    @Nullable Entrance entrance(String path, Map<String, List<String>> parameters) {
        TailQuery query = path.equals(LINES) ? TailQuery.of(parameters) : null;
        if (feeds.get() >= MOST_FEEDS) {
            return null;
        }
        return feed -> {
            feeds.incrementAndGet();
            feed.channel().closeFuture().addListener(closed -> feeds.decrementAndGet());
            thread.execute(() -> {
                if (query == null) {
                    figures.add(feed);
                } else {
                    lines.add(feed, query);
                }
            });
        };
    }
}
