package dev.logagent.transport.websocket;

import dev.logagent.api.transport.TransportFactory;
import dev.logagent.testkit.Destination;
import dev.logagent.testkit.TransportConformanceTest;
import dev.logagent.testkit.WebSocketReceiver;
import java.util.Map;

final class WebSocketConformanceTest extends TransportConformanceTest {

    @Override
    protected TransportFactory factory() {
        return new WebSocketTransportFactory();
    }

    @Override
    protected Destination destination() throws Exception {
        return new WebSocketDestination(WebSocketReceiver.start(), Map.of());
    }

    @Override
    protected String badEndPoint() {
        return "http://127.0.0.1/log";
    }
}
