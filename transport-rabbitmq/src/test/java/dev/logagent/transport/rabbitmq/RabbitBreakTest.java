package dev.logagent.transport.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.Attempts;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.QueueReader;
import dev.logagent.testkit.RabbitBroker;
import dev.logagent.testkit.TcpProxy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Connections that end at any byte that the broker says, from its greeting to its confirm: each attempt comes back in
 * time, puts it down to the connection rather than to the operator, and the next one works.
 */
@ExtendWith(TestBroker.class)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RabbitBreakTest {

    private static final int SHORTEST_STEP = 4;

    private final RabbitBroker broker;
    private final Random random = new Random(17);

    RabbitBreakTest(RabbitBroker broker) {
        this.broker = broker;
    }

    @Test
    void survivesAResetAnywhere() throws Exception {
        try (Scratch scratch = new Scratch(broker);
                TcpProxy proxy = TcpProxy.to(broker.port())) {
            assertSurvives(proxy, scratch, 40, proxy::resetAfter);
        }
    }

    @Test
    void survivesSilenceAnywhere() throws Exception {
        try (Scratch scratch = new Scratch(broker);
                TcpProxy proxy = TcpProxy.to(broker.port())) {
            assertSurvives(proxy, scratch, 120, proxy::stallAfter);
        }
    }

    /** Spoils each transport's connection a little later than the one's before, until a confirm comes before that. */
    private void assertSurvives(TcpProxy proxy, Scratch scratch, int longestStep, Spoil spoil) throws Exception {
        List<String> lines = new ArrayList<>();
        boolean spoilt = true;
        for (int bytes = 0; spoilt; bytes += random.nextInt(SHORTEST_STEP, longestStep)) {
            String line = "after " + bytes;
            lines.add(line);
            spoil.after(bytes);
            try (Transport transport = transport(proxy, scratch)) {
                Object outcome =
                        Attempts.aside(transport, Batches.of("app1", line)).get(20, TimeUnit.SECONDS);
                spoil.after(Long.MAX_VALUE);
                proxy.resume();
                spoilt = !SendResult.delivered().equals(outcome);
                if (spoilt) {
                    assertThat(outcome).as(line).isInstanceOfAny(SendResult.Retry.class, IOException.class);
                    Attempts.deliver(transport, Batches.of("app1", line));
                }
            }
        }
        assertThat(lines).hasSizeGreaterThan(5);
        try (QueueReader reader = scratch.reader()) {
            await().untilAsserted(() ->
                    assertThat(reader.messages().stream().distinct()).containsExactlyElementsOf(lines));
        }
    }

    private static Transport transport(TcpProxy proxy, Scratch scratch) throws Exception {
        return Transports.rabbitmq(
                RabbitBroker.endPoint(proxy.port(), "/"),
                Map.of("exchange", scratch.name(), "connect_timeout_ms", 300L, "confirm_timeout_ms", 300L));
    }

    private interface Spoil {
        void after(long bytes);
    }
}
