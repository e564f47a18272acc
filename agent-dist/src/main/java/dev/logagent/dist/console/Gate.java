package dev.logagent.dist.console;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides which requests are looked at, and what the others are told. */
record Gate(Access access) {

    /** Why the request is not looked at any further; null if it is. */
    @Nullable Answer refusal(FullHttpRequest request, QueryStringDecoder target) {
        Answer answer = malformed(request, target);
        if (answer == null) {
            answer = foreign(request);
        }
        if (answer == null) {
            answer = misdirected(request.method(), target.path());
        }
        if (answer == null && !Site.isPublic(target.path()) && !isAllowed(request)) {
            answer = unknown(request);
        }
        return answer == null && Actions.isAction(target.path()) && !mayAct(request) ? forbidden() : answer;
    }

    private static @Nullable Answer malformed(FullHttpRequest request, QueryStringDecoder target) {
        if (request.protocolVersion().majorVersion() != 1
                && request.decoderResult().isSuccess()) {
            return refused(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED);
        }
        boolean isAmbiguous = request.headers().getAll(HttpHeaderNames.HOST).size() > 1;
        if (request.decoderResult().isFailure() || isAmbiguous || !isReadable(request, target)) {
            return refused(fault(request.decoderResult()));
        }
        return null;
    }

    private static HttpResponseStatus fault(DecoderResult result) {
        Throwable cause = result.cause();
        if (cause instanceof TooLongHttpLineException) {
            return HttpResponseStatus.REQUEST_URI_TOO_LONG;
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
        }
        return isTooLarge(result) ? HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE : HttpResponseStatus.BAD_REQUEST;
    }

    /** Whether nothing is wrong with the request but the size of its body, so that the next one can be understood. */
    static boolean isTooLarge(DecoderResult result) {
        return result.cause() instanceof TooLongHttpContentException;
    }

    /** What a request is answered with that the server cannot take. */
    static Answer refused(HttpResponseStatus status) {
        return Answer.error(
                status.code(),
                switch (status.code()) {
                    case 413 ->
                        "the body is too large: no request here needs more than " + Server.LARGEST_BODY + " bytes";
                    case 414 -> "the address is longer than " + Server.LONGEST_REQUEST_LINE + " bytes";
                    case 417 -> "nothing can be expected here but '100-continue'";
                    case 431 -> "the headers are longer than " + Server.LONGEST_HEADERS + " bytes";
                    case 505 -> "HTTP/1.1 is spoken here";
                    default -> "the request cannot be understood";
                });
    }

    private @Nullable Answer foreign(FullHttpRequest request) {
        String host = request.headers().get(HttpHeaderNames.HOST);
        if (host == null || !access.isKnownHost(host)) {
            return Answer.error(
                    403, "the dashboard is not known by the name in the Host header; add it to allowed_hosts");
        }
        if (!Access.isOwnOrigin(request.headers().get(HttpHeaderNames.ORIGIN), host)) {
            return Answer.error(403, "pages of other sites may not ask");
        }
        return null;
    }

    private static @Nullable Answer misdirected(HttpMethod method, String path) {
        if (Actions.isAction(path)) {
            return method.equals(HttpMethod.POST)
                    ? null
                    : Answer.error(405, "this does something: use POST").with("Allow", "POST");
        }
        boolean asks = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        boolean logsIn = method.equals(HttpMethod.POST) && path.equals(Site.LOGIN);
        if (asks || logsIn) {
            return null;
        }
        if (!Site.has(path) && !Rooms.isFeed(path)) {
            return Site.nothing();
        }
        return Answer.error(405, "this can only be read: use GET").with("Allow", "GET, HEAD");
    }

    private boolean mayAct(FullHttpRequest request) {
        return access.mayAct(
                request.headers().get(HttpHeaderNames.AUTHORIZATION),
                session(request),
                request.headers().get(HttpHeaderNames.ORIGIN));
    }

    private Answer forbidden() {
        return Answer.error(
                403,
                access.canAct()
                        ? "this takes the token: send it as 'Authorization: Bearer TOKEN'"
                        : "this takes a token, and none is configured: set token in [dashboard], or use the command"
                                + " line on the agent's host");
    }

    /** Those of the address, and those of a form. */
    static Map<String, List<String>> parameters(FullHttpRequest request, QueryStringDecoder target) {
        Map<String, List<String>> all = new LinkedHashMap<>(target.parameters());
        String body = request.content().toString(StandardCharsets.UTF_8);
        if (!body.isEmpty()) {
            all.putAll(new QueryStringDecoder(body, false).parameters());
        }
        return all;
    }

    /** Whether the path and the parameters are properly encoded. */
    private static boolean isReadable(FullHttpRequest request, QueryStringDecoder target) {
        try {
            parameters(request, target);
            return target.path().startsWith("/");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether the visitor is one who may see everything. */
    boolean isAllowed(FullHttpRequest request) {
        return access.isAllowed(request.headers().get(HttpHeaderNames.AUTHORIZATION), session(request));
    }

    private static @Nullable String session(FullHttpRequest request) {
        String header = request.headers().get(HttpHeaderNames.COOKIE);
        if (header == null) {
            return null;
        }
        for (Cookie cookie : ServerCookieDecoder.LAX.decode(header)) {
            if (cookie.name().equals(Access.COOKIE)) {
                return cookie.value();
            }
        }
        return null;
    }

    /** People get the form, programs a sentence. */
    private static Answer unknown(FullHttpRequest request) {
        String accepted = request.headers().get(HttpHeaderNames.ACCEPT, "");
        Answer form = accepted.contains("text/html") ? Site.file(Site.LOGIN, 401) : null;
        Answer answer = form == null
                ? Answer.error(401, "the token is missing or wrong: send it as 'Authorization: Bearer TOKEN'")
                : form;
        return answer.with("WWW-Authenticate", "Bearer");
    }
}
