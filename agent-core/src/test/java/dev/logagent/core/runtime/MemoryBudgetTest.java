package dev.logagent.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.LineRun;
import dev.logagent.core.testing.Runs;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class MemoryBudgetTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MemoryBudget budget = new MemoryBudget(100);

    private CompletableFuture<Boolean> acquire(long bytes) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        Threads.startPlatform("acquire", () -> result.complete(budget.acquire(bytes, PATIENCE)));
        return result;
    }

    @Test
    void grantsWhatFits() {
        assertThat(budget.acquire(60, PATIENCE)).isTrue();
        assertThat(budget.acquire(40, PATIENCE)).isTrue();
        assertThat(budget.used()).isEqualTo(100);
    }

    @Test
    void waitsUntilThereIsRoom() throws Exception {
        budget.acquire(60, PATIENCE);
        CompletableFuture<Boolean> second = acquire(50);
        budget.release(5);
        assertThat(second).isNotDone();

        budget.release(5);

        assertThat(second.get()).isTrue();
        assertThat(budget.used()).isEqualTo(100);
    }

    @Test
    void doesNotWaitForEver() {
        budget.acquire(60, PATIENCE);

        assertThat(budget.acquire(50, Duration.ofMillis(1))).isFalse();
        assertThat(budget.used()).isEqualTo(60);
    }

    @Test
    void grantsOneRequestThatIsLargerThanAll() throws Exception {
        budget.acquire(1, PATIENCE);
        CompletableFuture<Boolean> large = acquire(1000);
        assertThat(large).isNotDone();

        budget.release(1);

        assertThat(large.get()).isTrue();
    }

    @Test
    void sendsThoseWhoWaitAwayWhenItCloses() throws Exception {
        budget.acquire(100, PATIENCE);
        CompletableFuture<Boolean> waiting = acquire(1);

        budget.close();

        assertThat(waiting.get()).isFalse();
        assertThat(budget.acquire(1, PATIENCE)).isFalse();
        assertThat(budget.used()).isEqualTo(100);
    }

    @Test
    void neverWaitsForAnAdjustment() {
        budget.acquire(90, PATIENCE);

        budget.adjust(50);
        assertThat(budget.used()).isEqualTo(140);
        budget.adjust(-140);

        assertThat(budget.used()).isZero();
    }

    @Test
    void costsTheSameInOnePieceAndInSlices() {
        LineRun run = Runs.at("s", 0, "a", "bb", "", "cccc");

        long slices = MemoryBudget.cost(run.slice(0, 1)) + MemoryBudget.cost(run.slice(1, 4));

        assertThat(slices).isEqualTo(MemoryBudget.cost(run));
        assertThat(MemoryBudget.cost(run.slice(1, 3).detached())).isEqualTo(MemoryBudget.cost(run.slice(1, 3)));
    }

    @Test
    void chargesForRewrittenLinesWhatTheyKeepInMemory() {
        LineRun run = Runs.at("s", 0, "a", "bb", "cccc");
        LineRun rewritten = run.rewritten(new byte[][] {new byte[10], new byte[0], new byte[5]});

        assertThat(MemoryBudget.cost(rewritten)).isEqualTo(MemoryBudget.cost(run) + 15);
        assertThat(MemoryBudget.cost(rewritten.slice(0, 2)) + MemoryBudget.cost(rewritten.slice(2, 3)))
                .isEqualTo(MemoryBudget.cost(rewritten));
    }
}
