package dev.logagent.transport.websocket;

import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.OptionTable;
import dev.logagent.api.option.Options;
import dev.logagent.api.tls.Tls;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportContext;
import dev.logagent.api.transport.TransportFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the transport {@code websocket}: one text frame for each batch, over one connection. */
public final class WebSocketTransportFactory implements TransportFactory {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketTransportFactory.class);

    @Override
    public String name() {
        return "websocket";
    }

    @Override
    public String summary() {
        return "Sends each batch as one WebSocket text frame, and waits for the receiver's acknowledgement.";
    }

    @Override
    public OptionTable options() {
        return WebSocketOptions.TABLE;
    }

    @Override
    public Transport create(TransportContext context) throws InvalidOptionsException {
        List<OptionProblem> problems = new ArrayList<>();
        Options options = context.options();
        EndPoint endPoint = EndPoint.parse(context.endPoint(), problems::add);
        Tls tls = Tls.from(options, problems::add);
        if (context.compression() != Compression.NONE) {
            problems.add(new OptionProblem(
                    List.of("compression"),
                    OptionProblem.Place.VALUE,
                    "the transport websocket cannot compress",
                    "set compression = \"none\" for it"));
        }
        Map<String, String> headers =
                endPoint == null ? Map.of() : HandshakeHeaders.from(context, endPoint, problems::add);
        if (endPoint == null || !problems.isEmpty()) {
            throw new InvalidOptionsException(problems);
        }
        Settings settings = Settings.of(endPoint, headers, sockets(endPoint, tls), options);
        warn(endPoint, tls, settings);
        return new WebSocketTransport(
                settings, new BatchFrames(context), new Link(settings, new Failures(endPoint.shown())), (int)
                        options.integer("window"));
    }

    private static SocketFactory sockets(EndPoint endPoint, @Nullable Tls tls) {
        if (!endPoint.secure()) {
            return SocketFactory.getDefault();
        }
        return tls == null ? SSLSocketFactory.getDefault() : tls.sockets();
    }

    private static void warn(EndPoint endPoint, @Nullable Tls tls, Settings settings) {
        if (tls != null && !tls.verified()) {
            LOG.warn(
                    "tls_insecure is on: whoever answers for {} is believed, and can read and change the logs",
                    endPoint.host());
        }
        if (!settings.acknowledged()) {
            LOG.warn(
                    "ack = \"none\" for {}: a batch counts as delivered once the receiver has read it, whether or not it"
                            + " kept it; what it loses is not sent again",
                    endPoint.shown());
        }
    }
}
