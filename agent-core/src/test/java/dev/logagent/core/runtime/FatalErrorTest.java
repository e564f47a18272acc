package dev.logagent.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class FatalErrorTest {

    private final FatalError fatal = new FatalError();

    @Test
    void aBugInAWorkerIsReported() throws Exception {
        Threads.start("worker", fatal.guard(new Pulse("worker"), () -> {
            throw new AssertionError("a bug");
        }));

        assertThat(fatal.await()).hasMessage("worker worker: java.lang.AssertionError: a bug");
    }

    @Test
    void aWorkerThatIsInterruptedIsReportedEvenThoughItEndsQuietly() throws Exception {
        Threads.start(
                "worker",
                fatal.guard(new Pulse("worker"), () -> Thread.currentThread().interrupt()));

        assertThat(fatal.await()).hasMessageContaining("it was interrupted, and has ended");
    }

    @Test
    void knowsWhoIsBusyAndForHowLong() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch ends = new CountDownLatch(1);
        Pulse pulse = new Pulse("worker");
        Threads.start("worker", fatal.guard(pulse, () -> {
            pulse.busy();
            working.countDown();
            try {
                ends.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }));
        working.await();

        await().until(() -> fatal.workers().busyFor(Duration.ofMillis(1)).size() == 1);
        assertThat(fatal.workers().busyFor(Duration.ofMinutes(5))).isEmpty();
        pulse.idle();
        assertThat(fatal.workers().busy()).isEmpty();
        pulse.busy();
        ends.countDown();
        await().until(() -> fatal.workers().busy().isEmpty());
    }
}
