package dev.logagent.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.Level;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.ParserConfig;
import dev.logagent.core.parser.LineJudge;
import dev.logagent.testkit.Batches;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LineFilterTest {

    private final List<LineRun> passed = new ArrayList<>();
    private final List<LineRun> elsewhere = new ArrayList<>();

    @Test
    void letsTheWantedLevelsPassInTheirOrder() {
        boolean taken = filter(Set.of(Level.ERROR, Level.CRITICAL))
                .test(run("INFO a", "ERROR b", "FATAL c", "no level d", "DEBUG e", "ERROR f"));

        assertThat(taken).isTrue();
        assertThat(texts(passed)).containsExactly("ERROR b", "FATAL c", "ERROR f");
        assertThat(texts(elsewhere)).containsExactly("INFO a", "no level d", "DEBUG e");
    }

    @Test
    void keepsNeighboursTogether() {
        filter(Set.of(Level.INFO)).test(run("INFO a", "INFO b", "ERROR c", "INFO d"));

        assertThat(passed).extracting(LineRun::count).containsExactly(2, 1);
        assertThat(elsewhere).extracting(LineRun::count).containsExactly(1);
    }

    @Test
    void accountsForEveryByteOfTheRun() {
        LineRun run = run("INFO a", "ERROR b", "INFO c", "ERROR d", "ERROR e");

        filter(Set.of(Level.ERROR)).test(run);

        List<LineRun> all = Stream.concat(passed.stream(), elsewhere.stream())
                .sorted((a, b) -> Long.compare(a.startOffset(), b.startOffset()))
                .toList();
        long end = run.startOffset();
        for (LineRun slice : all) {
            assertThat(slice.startOffset()).isEqualTo(end);
            end = slice.endOffset();
        }
        assertThat(end).isEqualTo(run.endOffset());
    }

    @Test
    void stopsWhenTheNextStageDoes() {
        LineFilter filter =
                new LineFilter(share(Set.of(Level.ERROR)), UnaryOperator.identity(), run -> false, elsewhere::add);

        assertThat(filter.test(run("INFO a", "ERROR b", "INFO c"))).isFalse();
        assertThat(texts(elsewhere)).containsExactly("INFO a");
    }

    @Test
    void judgesLinesByWhatIsFoundInThemAndPassesThemOnAsTheyAre() {
        Share errorsOfTheShop = new Share(Map.of("shop", Set.of(Level.ERROR), "", Set.of()), Set.of());
        LineFilter filter = new LineFilter(
                errorsOfTheShop, new LineJudge("json", ParserConfig.of("json")), passed::add, elsewhere::add);

        filter.test(run(
                "{\"level\":\"error\",\"service\":\"shop\"}",
                "{\"level\":\"error\",\"service\":\"web\"}",
                "{\"level\":\"info\",\"service\":\"shop\"}"));

        assertThat(texts(passed)).containsExactly("{\"level\":\"error\",\"service\":\"shop\"}");
        assertThat(passed).extracting(LineRun::parsed).containsOnlyNulls();
        assertThat(elsewhere).extracting(LineRun::count).containsExactly(2);
    }

    private LineFilter filter(Set<Level> levels) {
        return new LineFilter(share(levels), UnaryOperator.identity(), passed::add, elsewhere::add);
    }

    private static Share share(Set<Level> levels) {
        return new Share(Map.of(), levels);
    }

    private static LineRun run(String... lines) {
        return Batches.run(
                SourceInfo.named("app"),
                Stream.of(lines)
                        .map(line -> line.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    private static List<String> texts(List<LineRun> runs) {
        return runs.stream()
                .flatMap(run -> IntStream.range(0, run.count()).mapToObj(line -> new LogEvent(run, line).text()))
                .toList();
    }
}
