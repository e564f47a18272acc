package dev.logagent.dist.console;

import dev.logagent.core.Agent;
import dev.logagent.dist.alerts.Vigil;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What there is to see, by path. For use on the dashboard's thread. */
final class Site {

    /** Where the token is asked for. */
    static final String LOGIN = "/login";

    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** Everything that is served as it is; also what keeps requests from naming other resources. */
    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("/", "index.html"),
            Map.entry(LOGIN, "login.html"),
            Map.entry("/dashboard.css", "dashboard.css"),
            Map.entry("/icon.svg", "icon.svg"),
            Map.entry("/js/main.js", "js/main.js"),
            Map.entry("/js/live.js", "js/live.js"),
            Map.entry("/js/charts.js", "js/charts.js"),
            Map.entry("/js/sources.js", "js/sources.js"),
            Map.entry("/js/outputs.js", "js/outputs.js"),
            Map.entry("/js/letters.js", "js/letters.js"),
            Map.entry("/js/alerts.js", "js/alerts.js"),
            Map.entry("/js/types.js", "js/types.js"),
            Map.entry("/js/tail.js", "js/tail.js"),
            Map.entry("/js/format.js", "js/format.js"),
            Map.entry("/uplot/uPlot.iife.min.js", "uplot/uPlot.iife.min.js"),
            Map.entry("/uplot/uPlot.min.css", "uplot/uPlot.min.css"),
            Map.entry("/api/openapi.json", "openapi.json"));

    /** Made anew each time they are asked for. */
    private static final Set<String> FIGURES = Set.of(
            "/api/stats",
            "/api/sources",
            "/api/outputs",
            "/api/alerts",
            "/api/dead-letters",
            "/metrics",
            "/health/live",
            "/health/ready");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json; charset=utf-8");

    /** So old may be what the next visitor sees of the files: many visitors cost little more than one. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Watch watch;
    private final Agent agent;
    private final Vigil vigil;
    private @Nullable Answer sources;
    private long sourcesNanos;

    Site(Watch watch, Agent agent, Vigil vigil) {
        this.watch = watch;
        this.agent = agent;
        this.vigil = vigil;
    }

    /** Whether there is something to see. */
    static boolean has(String path) {
        return FILES.containsKey(path) || FIGURES.contains(path);
    }

    /** Whether anyone may see it, token or not: the page to log in needs it, or whoever watches over the process. */
    static boolean isPublic(String path) {
        return path.equals(LOGIN)
                || path.equals("/dashboard.css")
                || path.equals("/icon.svg")
                || path.startsWith("/health/");
    }

    /**
     * What a path shows.
     *
     * @param trusted whether the visitor may know more than whether the agent is well
     */
    Answer answer(String path, boolean trusted) {
        return switch (path) {
            case "/api/stats" -> Answer.json(StatusJson.stats(watch.look()));
            case "/api/sources" -> sources();
            case "/api/outputs" -> Answer.json(StatusJson.outputs(watch.look()));
            case "/api/alerts" -> Answer.json(AlertsJson.alerts(vigil, System.currentTimeMillis()));
            case "/api/dead-letters" ->
                Answer.json(LettersJson.newest(agent.board().config()));
            case "/metrics" -> Answer.text(METRICS_TYPE, Metrics.of(watch.look(), vigil.active()));
            case "/health/live" -> AlertsJson.live(vigil.deadlocks(), trusted);
            case "/health/ready" -> ready(trusted);
            default -> {
                Answer file = file(path, 200);
                yield file == null ? nothing() : file;
            }
        };
    }

    static Answer nothing() {
        return Answer.error(404, "there is nothing at this path; /api/openapi.json says what there is");
    }

    private Answer sources() {
        Answer answer = sources;
        if (answer == null || System.nanoTime() - sourcesNanos > FRESH_NANOS) {
            answer = Answer.json(StatusJson.sources(watch.look()));
            sources = answer;
            sourcesNanos = System.nanoTime();
        }
        return answer;
    }

    /** Shows everything as it is now: something has been done to it. */
    void refresh() {
        sources = null;
    }

    private Answer ready(boolean trusted) {
        Readiness readiness = Readiness.of(watch.look());
        return Answer.json(readiness.isReady() ? 200 : 503, readiness.json(trusted));
    }

    /** A file of the page, or null if there is none of that path. */
    static @Nullable Answer file(String path, int status) {
        String name = FILES.get(path);
        if (name == null) {
            return null;
        }
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        try (InputStream resource = Site.class.getResourceAsStream("page/" + name)) {
            if (resource == null || type == null) {
                throw new IllegalStateException("the program is incomplete: page/" + name + " is missing");
            }
            return Answer.of(status, type, resource.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
