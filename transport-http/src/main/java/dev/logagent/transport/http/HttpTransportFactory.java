package dev.logagent.transport.http;

import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.OptionTable;
import dev.logagent.api.option.Options;
import dev.logagent.api.tls.Tls;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportContext;
import dev.logagent.api.transport.TransportFactory;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the transport {@code http}: one request for each batch. */
public final class HttpTransportFactory implements TransportFactory {

    private static final Logger LOG = LoggerFactory.getLogger(HttpTransportFactory.class);

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String summary() {
        return "Sends each batch as one HTTP or HTTPS request.";
    }

    @Override
    public OptionTable options() {
        return HttpOptions.TABLE;
    }

    @Override
    public Transport create(TransportContext context) throws InvalidOptionsException {
        List<OptionProblem> problems = new ArrayList<>();
        Options options = context.options();
        HttpUrl endPoint = endPoint(context.endPoint(), problems::add);
        String authorization = Authorization.from(options, problems::add);
        Tls tls = Tls.from(options, problems::add);
        ProxyRoute route = ProxyRoute.DIRECT;
        if (endPoint != null) {
            Authorization.refuseInTheOpen(endPoint, options, problems::add);
            route = ProxyRoute.from(options, endPoint, problems::add);
        }
        if (endPoint == null || !problems.isEmpty()) {
            throw new InvalidOptionsException(problems);
        }
        if (tls != null && !tls.verified()) {
            LOG.warn(
                    "tls_insecure is on: whoever answers for {} is believed, and can read and change the logs",
                    endPoint.host());
        }
        String origin = endPoint.scheme() + "://" + endPoint.host() + ":" + endPoint.port();
        return new HttpTransport(
                client(context, endPoint, tls, route),
                template(context, endPoint, authorization, route),
                context,
                new PayloadPool(context.compression() == Compression.GZIP),
                new HttpOutcome(origin, Clock.systemUTC()));
    }

    private static @Nullable HttpUrl endPoint(String text, Consumer<OptionProblem> problems) {
        HttpUrl url = HttpUrl.parse(text);
        String message = null;
        if (url == null) {
            message = "'end_point' must be a URL like https://host:port/path";
        } else if (!url.username().isEmpty() || !url.password().isEmpty()) {
            message = "'end_point' must not hold credentials; use username and password in [transport.http]";
            url = null;
        }
        if (message != null) {
            problems.accept(new OptionProblem(List.of("end_point"), OptionProblem.Place.VALUE, message, null));
        }
        return url;
    }

    private static OkHttpClient client(
            TransportContext context, HttpUrl endPoint, @Nullable Tls tls, ProxyRoute route) {
        Options options = context.options();
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .socketFactory(new ChannelSockets(!endPoint.isHttps()))
                // Several connections carry more than the streams of one, and an interrupted send breaks only its own.
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(context.maxConcurrentSends(), 5, TimeUnit.MINUTES))
                // Connects on the calling thread, where an interrupt can end it.
                .fastFallback(false)
                .connectTimeout(options.millis("connect_timeout_ms"))
                // One timeout for all that follows: fewer timers to set for each request.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .callTimeout(options.millis("request_timeout_ms"))
                .followRedirects(false)
                .followSslRedirects(false)
                // Within the limits that Payload.isOneShot sets.
                .retryOnConnectionFailure(true)
                .proxy(route.proxy())
                .addNetworkInterceptor(HttpTransportFactory::markAnswered);
        String proxyAuthorization = route.authorization();
        if (proxyAuthorization != null) {
            builder.proxyAuthenticator((unused, response) -> response.request().header("Proxy-Authorization") != null
                    ? null
                    : response.request()
                            .newBuilder()
                            .header("Proxy-Authorization", proxyAuthorization)
                            .build());
        }
        if (!endPoint.isHttps()) {
            // Spares reading the system's certificate authorities: 100 ms and 8 MB.
            builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
        } else if (tls != null) {
            builder.sslSocketFactory(tls.sockets(), tls.trust());
            if (!tls.verified()) {
                builder.hostnameVerifier((host, session) -> true);
            }
        }
        return builder.build();
    }

    private static Request template(
            TransportContext context, HttpUrl endPoint, @Nullable String authorization, ProxyRoute route) {
        Request.Builder builder = new Request.Builder()
                .url(endPoint)
                .header("Content-Type", context.encoder().contentType())
                // Otherwise OkHttp would ask for gzip, and unpack whatever comes.
                .header("Accept-Encoding", "identity")
                .header(
                        "User-Agent",
                        context.options()
                                .optionalString("user_agent")
                                .orElseGet(() -> userAgent(context.agentVersion())));
        if (context.compression() == Compression.GZIP) {
            builder.header("Content-Encoding", "gzip");
        }
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        String proxyAuthorization = route.authorization();
        if (proxyAuthorization != null && !endPoint.isHttps()) {
            builder.header("Proxy-Authorization", proxyAuthorization);
        }
        context.options().map("headers").forEach(builder::header);
        return builder.build();
    }

    private static String userAgent(String version) {
        return "log-agent/" + version.replaceAll("[^!-~]", "-");
    }

    private static Response markAnswered(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        if (chain.request().body() instanceof Payload payload) {
            payload.markAnswered();
        }
        return response;
    }
}
