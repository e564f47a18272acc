package dev.logagent.core.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.core.config.BufferConfig;
import dev.logagent.core.config.BufferConfig.OnFull;
import dev.logagent.core.config.GlobalConfig.Ordering;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.SovereigntyConfig;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.runtime.MemoryBudget;
import dev.logagent.core.spool.FaultyDisk;
import dev.logagent.core.spool.Spool;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.Runs;
import dev.logagent.core.testing.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OverflowTest {

    @TempDir
    Path folder;

    private final RecordingEvents events = new RecordingEvents();
    private final FaultyDisk disk = new FaultyDisk();
    private final Dispatch dispatch = new Dispatch(2, Ordering.SOURCE, () -> {});
    private Spool spool;
    private Overflow overflow;

    @BeforeEach
    void open() throws IOException {
        OutputConfig output = Settings.in(folder).output();
        BufferConfig buffer = new BufferConfig(1 << 20, 1 << 30, OnFull.BLOCK);
        Outlet outlet = new Outlet(output, buffer, SovereigntyConfig.NONE, folder, run -> run);
        spool = disk.spool(folder.resolve(Outlet.SPOOL));
        overflow = new Overflow(
                spool,
                outlet.openWithheld(new AgentEvents() {}, CrashPoints.NONE),
                dispatch,
                new MemoryBudget(1 << 20),
                outlet,
                4,
                events,
                new SpoolReports(folder, events),
                (shipment, part) -> {});
    }

    @AfterEach
    void close() throws IOException {
        spool.close();
    }

    private void add(int number) throws InterruptedException {
        dispatch.add(Runs.batch(number, Runs.at("s", number * 100L, "line " + number)));
    }

    private static long number(Shipment shipment) {
        return shipment.parts().element().number();
    }

    @Test
    void sendsTheOldestFromTheDiskThoughNoMoreFitsOnIt() throws Exception {
        add(1);
        add(2);
        dispatch.failed(dispatch.take(), false, failures -> Duration.ofMillis(1));
        await().until(() -> dispatch.nanosAway() > TimeUnit.SECONDS.toNanos(1));
        assertThat(overflow.work()).isZero();
        assertThat(spool.waiting()).isEqualTo(2);

        add(3);
        add(4);
        disk.room(0);
        assertThat(overflow.work()).isPositive();

        assertThat(events.named("spoolFailing")).hasSize(1);
        assertThat(number(dispatch.take())).isEqualTo(1);
    }
}
