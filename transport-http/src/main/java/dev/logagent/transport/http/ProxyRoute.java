package dev.logagent.transport.http;

import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.Options;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The proxy between the agent and its end point.
 *
 * @param authorization what the proxy wants to see in {@code Proxy-Authorization}, or null
 */
record ProxyRoute(Proxy proxy, @Nullable String authorization) {

    static final ProxyRoute DIRECT = new ProxyRoute(Proxy.NO_PROXY, null);

    /** What {@code proxy} and {@code no_proxy} mean for that end point. Properties of the JVM do not count. */
    static ProxyRoute from(Options options, HttpUrl endPoint, Consumer<OptionProblem> problems) {
        String text = options.optionalString("proxy").orElse(null);
        if (text == null) {
            return DIRECT;
        }
        HttpUrl url = HttpUrl.parse(text.contains("://") ? text : "http://" + text);
        if (url == null || !url.scheme().equals("http") || !url.encodedPath().equals("/")) {
            problems.accept(new OptionProblem(
                    List.of("proxy"), OptionProblem.Place.VALUE, "'proxy' must look like http://host:port", null));
            return DIRECT;
        }
        if (isExempt(endPoint.host(), options.list("no_proxy"))) {
            return DIRECT;
        }
        return new ProxyRoute(
                new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(url.host(), url.port())),
                url.username().isEmpty() ? null : Credentials.basic(url.username(), url.password()));
    }

    private static boolean isExempt(String host, List<String> exempt) {
        for (String entry : exempt) {
            String name = entry.strip().toLowerCase(Locale.ROOT);
            String domain = name.startsWith(".") ? name : "." + name;
            if (name.equals("*") || host.equals(name) || host.endsWith(domain)) {
                return true;
            }
        }
        return false;
    }
}
