package dev.logagent.receiver.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReceivedBatchTest {

    @Test
    void keepsABatchObjectWhole() throws Exception {
        String frame = "{\"batchId\":\"b1\",\"batchNumber\":7,\"agentName\":\"a\",\"sources\":[]}";

        assertThat(ReceivedBatch.read(frame)).isEqualTo(new ReceivedBatch("b1", 7, frame));
    }

    @Test
    void takesTheEnvelopeLineOffEvents() throws Exception {
        assertThat(ReceivedBatch.read("{\"batchId\":\"b1\",\"batchNumber\":7}\n{\"id\":\"1\"}\n{\"id\":\"2\"}\n"))
                .isEqualTo(new ReceivedBatch("b1", 7, "{\"id\":\"1\"}\n{\"id\":\"2\"}\n"));
    }

    @Test
    void findsTheIdWhereverItStands() throws Exception {
        assertThat(ReceivedBatch.read("{\"sources\":[{\"batchId\":\"no\"}],\"batchId\":\"b1\"}")
                        .id())
                .isEqualTo("b1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "{}", "{\"batchId\":7}", "{\"batchId\":\"\"}", "{\"batchId\":\"b1\""})
    void refusesWhatIsNoBatch(String frame) {
        assertThatThrownBy(() -> ReceivedBatch.read(frame)).isInstanceOf(IOException.class);
    }
}
