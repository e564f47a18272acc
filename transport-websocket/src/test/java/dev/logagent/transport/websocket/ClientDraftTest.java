package dev.logagent.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.SocketFactory;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Role;
import org.java_websocket.exceptions.IncompleteHandshakeException;
import org.java_websocket.exceptions.InvalidHandshakeException;
import org.java_websocket.exceptions.LimitExceededException;
import org.java_websocket.framing.ContinuousFrame;
import org.java_websocket.framing.DataFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.TextFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientDraftTest {

    private final List<Refusal> refusals = new ArrayList<>();
    private final ClientDraft draft = new ClientDraft(refusals::add);

    @Test
    void boundsAMessageThatComesInEndlesslyManyFrames() throws Exception {
        // Only answers need a connection, and unfinished messages get none.
        WebSocketImpl connection = new WebSocketImpl(new Connection(settings(), new Failures("test")), draft);
        draft.processFrame(connection, part(new TextFrame(), 1));

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000_000; i++) {
                        draft.processFrame(connection, part(new ContinuousFrame(), 0));
                    }
                })
                .isInstanceOf(LimitExceededException.class);
    }

    @Test
    void waitsForTheWholeAnswerToTheHandshake() throws Exception {
        draft.setParseMode(Role.CLIENT);

        assertThatThrownBy(() -> draft.translateHandshake(bytes("HTTP/1.1 503 Busy\r\nRetry-")))
                .isInstanceOf(IncompleteHandshakeException.class);
        assertThatThrownBy(() -> draft.translateHandshake(bytes("HTTP/1.1 503 Busy\r\nRetry-After: 9\r\n\r\n")))
                .isInstanceOf(InvalidHandshakeException.class);

        assertThat(refusals).containsExactly(new Refusal(503, "Busy", Duration.ofSeconds(9)));
    }

    @Test
    void boundsTheAnswerToTheHandshake() {
        assertThatThrownBy(() -> draft.translateHandshake(bytes("HTTP/1.1 101 " + "x".repeat(70_000))))
                .isInstanceOf(InvalidHandshakeException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 127, 65_535, 65_536, 100_003})
    void masksTextSoThatTheOtherSideReadsIt(int length) throws Exception {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ('a' + i % 26);
        }
        TextFrame frame = new TextFrame();
        frame.setPayload(ByteBuffer.wrap(text));

        ByteBuffer sent = draft.createBinaryFrame(frame);

        List<Framedata> received = new Draft_6455().translateFrame(sent);
        assertThat(received).hasSize(1);
        byte[] read = new byte[received.get(0).getPayloadData().remaining()];
        received.get(0).getPayloadData().get(read);
        assertThat(read).isEqualTo(text);
    }

    private static Settings settings() throws Exception {
        EndPoint endPoint = Objects.requireNonNull(EndPoint.parse("ws://127.0.0.1:9/", problem -> {}));
        return Settings.of(endPoint, Map.of(), SocketFactory.getDefault(), WebSocketOptions.TABLE.parse(Map.of()));
    }

    private static Framedata part(DataFrame frame, int bytes) {
        frame.setFin(false);
        frame.setPayload(ByteBuffer.allocate(bytes));
        return frame;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
