package dev.logagent.core.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.core.config.GlobalConfig.Ordering;
import dev.logagent.core.testing.Runs;
import dev.logagent.core.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DispatchTest {

    private static Batch batch(int number, String... sources) {
        return Runs.batch(
                number,
                Stream.of(sources)
                        .map(source -> Runs.at(source, number * 100L, "line"))
                        .toArray(LineRun[]::new));
    }

    private static long number(Shipment shipment) {
        return shipment.parts().element().number();
    }

    @Test
    void letsEverythingLeaveAtOnceWhereTheOrderDoesNotCount() throws InterruptedException {
        Dispatch dispatch = new Dispatch(10, Ordering.NONE, () -> {});

        dispatch.add(batch(1, "a"));
        dispatch.add(batch(2, "a"));

        assertThat(dispatch.readyCount()).isEqualTo(2);
        assertThat(number(dispatch.take())).isEqualTo(1);
        assertThat(number(dispatch.take())).isEqualTo(2);
    }

    @Test
    void holdsABatchBackUntilTheEarlierOneOfItsSourceIsResolved() throws InterruptedException {
        Dispatch dispatch = new Dispatch(10, Ordering.SOURCE, () -> {});
        dispatch.add(batch(1, "a"));
        dispatch.add(batch(2, "a"));
        dispatch.add(batch(3, "b"));

        Shipment first = dispatch.take();
        Shipment third = dispatch.take();
        assertThat(number(first)).isEqualTo(1);
        assertThat(number(third)).isEqualTo(3);
        assertThat(dispatch.readyCount()).isZero();
        dispatch.resolved(first);

        assertThat(number(dispatch.take())).isEqualTo(2);
    }

    /** Batches of several sources, resolved in any order: whatever leaves, all earlier ones of its sources are resolved. */
    @Test
    void neverLetsABatchLeaveBeforeEarlierOnesOfItsSources() {
        Seeds.forEach(200, random -> {
            Dispatch dispatch = new Dispatch(Integer.MAX_VALUE, Ordering.SOURCE, () -> {});
            Map<String, List<Long>> open = new HashMap<>();
            Stream.of("a", "b", "c", "d").forEach(source -> open.put(source, new ArrayList<>()));
            List<Shipment> flying = new ArrayList<>();
            int added = 0;
            while (added < 50 || dispatch.unresolved().size() > 0) {
                int action = random.nextInt(3);
                if (action == 0 && added < 50) {
                    String[] sources = Stream.of("a", "b", "c", "d")
                            .filter(source -> random.nextInt(3) == 0)
                            .toArray(String[]::new);
                    if (sources.length > 0) {
                        added++;
                        for (String source : sources) {
                            open(open, source).add((long) added);
                        }
                        dispatch.add(batch(added, sources));
                    }
                } else if (action == 1 && dispatch.readyCount() > 0) {
                    Shipment shipment = dispatch.take();
                    for (String source : shipment.sources()) {
                        assertThat(open(open, source).get(0)).isEqualTo(number(shipment));
                    }
                    flying.add(shipment);
                } else if (!flying.isEmpty()) {
                    Shipment shipment = flying.remove(random.nextInt(flying.size()));
                    shipment.sources().forEach(source -> open(open, source).remove(number(shipment)));
                    dispatch.resolved(shipment);
                }
            }
            assertThat(open.values()).allMatch(List::isEmpty);
        });
    }

    private static List<Long> open(Map<String, List<Long>> open, String source) {
        return Objects.requireNonNull(open.get(source));
    }

    @Test
    void waitsForRoomWhileTooManyAreUnresolved() throws Exception {
        Dispatch dispatch = new Dispatch(1, Ordering.NONE, () -> {});
        dispatch.add(batch(1, "a"));
        CompletableFuture<Boolean> second = added(dispatch, batch(2, "a"));
        assertThat(second).isNotDone();

        dispatch.resolved(dispatch.take());

        assertThat(second.get()).isTrue();
        assertThat(dispatch.unresolved()).hasSize(1);
    }

    @Test
    void sendsThoseWhoWaitAwayWhenItCloses() throws Exception {
        Dispatch dispatch = new Dispatch(1, Ordering.NONE, () -> {});
        dispatch.add(batch(1, "a"));
        CompletableFuture<Boolean> second = added(dispatch, batch(2, "a"));

        dispatch.close();

        assertThat(second.get()).isFalse();
        assertThat(dispatch.add(batch(3, "a"))).isFalse();
    }

    private static CompletableFuture<Boolean> added(Dispatch dispatch, Batch batch) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(dispatch.add(batch));
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    @Test
    void saysWhetherEverythingIsResolvedInTime() throws InterruptedException {
        Dispatch dispatch = new Dispatch(10, Ordering.SOURCE, () -> {});
        dispatch.add(batch(1, "a", "b"));

        assertThat(dispatch.awaitEmpty(Duration.ofMillis(1))).isFalse();
        assertThat(dispatch.unresolved().get(0).events()).isEqualTo(2);
        dispatch.resolved(dispatch.take());

        assertThat(dispatch.awaitEmpty(Duration.ZERO)).isTrue();
    }
}
