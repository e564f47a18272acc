package dev.logagent.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.Batch;
import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportContext;
import dev.logagent.api.transport.TransportFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the agent relies on in every transport. Extend it, say how to make the transport and where it delivers to, and
 * run it with JUnit:
 *
 * <pre>{@code
 * final class CarrierPigeonConformanceTest extends TransportConformanceTest {
 *     protected TransportFactory factory() { return new CarrierPigeonTransportFactory(); }
 *     protected Destination destination() { return new Dovecote(); }
 * }
 * }</pre>
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class TransportConformanceTest {

    private static final int SENDERS = 4;
    private static final String SOURCE = "app1";

    private Destination destination;
    private Transport transport;

    /** The factory under test. */
    protected abstract TransportFactory factory();

    /** A destination of its own for one test, running and empty. */
    protected abstract Destination destination() throws Exception;

    /** An {@code end_point} that {@code create} must refuse. */
    protected String badEndPoint() {
        return "not an end point";
    }

    /** How long a transport may take to be itself again after its destination came back. */
    protected Duration patience() {
        return Duration.ofSeconds(30);
    }

    @BeforeEach
    final void startDestination() throws Exception {
        destination = destination();
        transport = create(destination.endPoint());
    }

    @AfterEach
    final void stopDestination() throws Exception {
        try {
            transport.close();
        } finally {
            destination.close();
        }
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(TransportFactory.class).stream().map(ServiceLoader.Provider::type))
                .describedAs("META-INF/services/%s", TransportFactory.class.getName())
                .anyMatch(type -> type.equals(factory().getClass()));
    }

    @Test
    void hasANameInLowerCaseAndASummary() {
        assertThat(factory().name()).matches("[a-z][a-z0-9_-]*");
        assertThat(factory().summary()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void documentsEveryOption() {
        assertThat(factory().options().specs())
                .allSatisfy(
                        spec -> assertThat(spec.doc()).describedAs(spec.key()).isNotBlank());
    }

    @Test
    void refusesAnUnknownOption() {
        assertThatThrownBy(() -> factory().options().parse(Map.of("no_such_option", "x")))
                .isInstanceOfSatisfying(
                        InvalidOptionsException.class,
                        e -> assertThat(e.problems().stream().flatMap(problem -> problem.path().stream()))
                                .contains("no_such_option"));
    }

    @Test
    void refusesABadEndPoint() {
        assertThatThrownBy(() -> create(badEndPoint()))
                .isInstanceOfSatisfying(
                        InvalidOptionsException.class,
                        e -> assertThat(e.problems())
                                .extracting(OptionProblem::path)
                                .contains(List.of("end_point")));
    }

    @Test
    void isCreatedWhileTheDestinationIsAway() throws Exception {
        destination.stop();

        create(destination.endPoint()).close();
    }

    @Test
    void isCreatedWhileTheDestinationIsSilent() throws Exception {
        destination.stall();

        create(destination.endPoint()).close();
    }

    @Test
    void deliversLinesWithTheirCharactersIntact() throws Exception {
        List<String> lines = List.of(
                "plain",
                "",
                " leading and trailing ",
                "quote \" backslash \\ slash / tab \t bell \u0007 escape \u001b[31m null \u0000 delete \u007f",
                "{\"json\": [1, \"two\"]}",
                "<a href='x'>&amp;</a>",
                "äöüß €uro 漢字 \uD83D\uDE80 \u2028 \uFEFF",
                "a".repeat(70_000),
                "");

        deliver(Batches.of(SOURCE, lines));

        assertReceived(SOURCE, lines);
    }

    @Test
    void deliversInvalidUtf8AsReplacementCharacters() throws Exception {
        byte[] latin1 = "caf\u00e9 <".getBytes(StandardCharsets.ISO_8859_1);
        byte[] cut = {'x', (byte) 0xe2, (byte) 0x82};
        byte[] stray = {(byte) 0x80, 'y', (byte) 0xff};

        deliver(Batches.ofBytes(SOURCE, latin1, cut, stray));

        assertReceived(SOURCE, List.of("caf\uFFFD <", "x\uFFFD", "\uFFFDy\uFFFD"));
    }

    @Test
    void deliversSeveralSourcesInOneBatch() throws Exception {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        lines.put("one", List.of("1", "2"));
        lines.put("two", List.of("3"));
        lines.put("three", List.of("4", "5", "6"));

        deliver(Batches.of(lines));

        for (Map.Entry<String, List<String>> source : lines.entrySet()) {
            assertReceived(source.getKey(), source.getValue());
        }
    }

    @Test
    void deliversABigBatch() throws Exception {
        List<String> lines = Batches.numberedLines("x".repeat(60), 65_535);

        deliver(Batches.of(SOURCE, lines));

        assertReceived(SOURCE, lines);
    }

    @Test
    void keepsConcurrentSendsApart() throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Future<List<String>>> sent = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                String source = "sender-" + sender;
                sent.add(senders.submit(() -> sendManyBatches(source)));
            }
            for (int sender = 0; sender < SENDERS; sender++) {
                assertReceived("sender-" + sender, sent.get(sender).get());
            }
        } finally {
            senders.shutdownNow();
        }
    }

    @Test
    void neverCallsABatchDeliveredWhileTheDestinationIsAway() throws Exception {
        destination.stop();

        assertNotDelivered(outcomeOf(Batches.of(SOURCE, "lost?")));
    }

    @Test
    void deliversAgainOnceTheDestinationIsBack() throws Exception {
        deliver(Batches.of(SOURCE, "before"));
        destination.stop();
        assertNotDelivered(outcomeOf(Batches.of(SOURCE, "after")));
        destination.recover();

        await().atMost(patience()).until(() -> outcomeOf(Batches.of(SOURCE, "after")) instanceof SendResult.Delivered);

        await().atMost(patience())
                .untilAsserted(
                        () -> assertThat(destination.received(SOURCE).stream().distinct())
                                .containsExactly("before", "after"));
    }

    @Test
    void stopsWaitingWhenInterrupted() throws Exception {
        deliver(Batches.of(SOURCE, "before"));
        destination.stall();
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        Thread sender = new Thread(() -> outcome.complete(outcomeOf(Batches.of(SOURCE, "interrupted"))), "sender");
        sender.start();
        destination.awaitStalledSend();

        sender.interrupt();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void checkSaysInOneLineWhatWasReached() throws Exception {
        assertThat(transport.check()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void checkDeliversNothing() throws Exception {
        transport.check();
        deliver(Batches.of(SOURCE, "only this"));

        assertReceived(SOURCE, List.of("only this"));
    }

    @Test
    void checkFailsWithAReadableMessageWhileTheDestinationIsAway() throws Exception {
        destination.stop();

        assertThatThrownBy(() -> transport.check())
                .isInstanceOf(IOException.class)
                .satisfies(e -> assertThat(e.getMessage())
                        .isNotBlank()
                        .doesNotContain("\n")
                        .doesNotContain("Exception"));
    }

    @Test
    void closesTwiceWithoutComplaint() throws Exception {
        deliver(Batches.of(SOURCE, "before"));

        transport.close();
        transport.close();
    }

    @Test
    void closesWhileTheDestinationIsSilent() throws Exception {
        deliver(Batches.of(SOURCE, "before"));
        destination.stall();

        Thread closing = new Thread(transport::close, "close");
        closing.start();
        closing.join(10_000);

        assertThat(closing.isAlive()).isFalse();
    }

    private Transport create(String endPoint) throws InvalidOptionsException {
        TransportFactory factory = factory();
        return factory.create(new TransportContext(
                "agent1",
                "1.0",
                endPoint,
                factory.options().parse(destination.options()),
                factory.defaultFormat(),
                Compression.NONE,
                SENDERS));
    }

    private List<String> sendManyBatches(String source) throws Exception {
        List<String> sent = new ArrayList<>();
        for (int batch = 0; batch < 25; batch++) {
            List<String> lines = Batches.numberedLines(source + " batch " + batch, 20);
            deliver(Batches.of(source, lines));
            sent.addAll(lines);
        }
        return sent;
    }

    private void deliver(Batch batch) throws Exception {
        assertThat(transport.send(batch)).isEqualTo(SendResult.delivered());
    }

    /** The result, or the exception. */
    private Object outcomeOf(Batch batch) {
        Callable<Object> send = () -> transport.send(batch);
        try {
            return send.call();
        } catch (Exception e) {
            return e;
        }
    }

    private static void assertNotDelivered(Object outcome) {
        assertThat(outcome).isInstanceOfAny(SendResult.Retry.class, IOException.class);
    }

    private void assertReceived(String source, List<String> lines) {
        await().atMost(patience())
                .untilAsserted(
                        () -> assertThat(destination.received(source)).hasSizeGreaterThanOrEqualTo(lines.size()));
        List<String> received = readAll(source);
        // The first difference says more than two lists of thousands of lines.
        assertThat(IntStream.range(0, Math.min(lines.size(), received.size()))
                        .filter(i -> !lines.get(i).equals(received.get(i)))
                        .mapToObj(
                                i -> "line " + i + ": sent <" + lines.get(i) + ">, received <" + received.get(i) + ">")
                        .findFirst())
                .isEmpty();
        assertThat(received).hasSameSizeAs(lines);
    }

    private List<String> readAll(String source) {
        try {
            return destination.received(source);
        } catch (Exception e) {
            throw new AssertionError("cannot read what arrived", e);
        }
    }
}
