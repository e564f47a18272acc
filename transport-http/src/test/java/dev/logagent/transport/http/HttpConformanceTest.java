package dev.logagent.transport.http;

import dev.logagent.api.transport.TransportFactory;
import dev.logagent.testkit.CollectorServer;
import dev.logagent.testkit.Destination;
import dev.logagent.testkit.TransportConformanceTest;
import java.io.IOException;
import java.util.Map;

final class HttpConformanceTest extends TransportConformanceTest {

    @Override
    protected TransportFactory factory() {
        return new HttpTransportFactory();
    }

    @Override
    protected Destination destination() throws IOException {
        return new Receiver(CollectorServer.start(), Map.of("request_timeout_ms", 60_000L));
    }

    @Override
    protected String badEndPoint() {
        return "ftp://127.0.0.1/log";
    }
}
