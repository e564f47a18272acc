package dev.logagent.transport.rabbitmq;

import com.rabbitmq.client.SocketConfigurator;
import com.rabbitmq.client.WriteListener;
import com.rabbitmq.client.impl.FrameHandler;
import com.rabbitmq.client.impl.SocketFrameHandler;
import com.rabbitmq.client.impl.SocketFrameHandlerFactory;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one connection. The client library flushes after every message; a thread that has called {@link #cork}
 * decides itself when, which saves most of the system calls, here and in the broker. Safe for use by several threads.
 */
final class Wire {

    private final ThreadLocal<Boolean> corked = ThreadLocal.withInitial(() -> Boolean.FALSE);
    private volatile @Nullable Socket socket;
    private volatile @Nullable FrameHandler frames;
    private volatile boolean cut;

    /** From now on, what this thread publishes may stay in the buffer until {@link #flush} or {@link #uncork}. */
    void cork() {
        corked.set(Boolean.TRUE);
    }

    /** Sends what is in the buffer. */
    void flush() throws IOException {
        FrameHandler open = frames;
        if (open instanceof CorkedFrames corkedFrames) {
            corkedFrames.flushNow();
        }
    }

    /** Ends {@link #cork}; does not flush. */
    void uncork() {
        corked.remove();
    }

    /** Closes the socket under whoever reads or writes, without a goodbye. */
    void cut() {
        cut = true;
        Socket open = socket;
        if (open != null) {
            try {
                // Without it, TLS would wait for a stuck writer in order to say goodbye.
                open.setSoLinger(true, 0);
            } catch (IOException e) {
                // Closed already.
            }
            try {
                open.close();
            } catch (IOException e) {
                // As good as closed.
            }
        }
    }

    /** What makes the socket and looks after it; for one connection. */
    SocketFrameHandlerFactory handlers(
            int connectTimeoutMillis,
            SocketFactory sockets,
            SocketConfigurator configurator,
            boolean tls,
            ExecutorService shutdownExecutor) {
        SocketConfigurator remembering = made -> {
            configurator.configure(made);
            socket = made;
            if (cut) {
                throw new IOException("closed");
            }
        };
        return new SocketFrameHandlerFactory(connectTimeoutMillis, sockets, remembering, tls, shutdownExecutor) {
            @Override
            public FrameHandler create(Socket connected) throws IOException {
                FrameHandler made = new CorkedFrames(connected, shutdownExecutor);
                frames = made;
                return made;
            }
        };
    }

    private final class CorkedFrames extends SocketFrameHandler {

        CorkedFrames(Socket connected, ExecutorService shutdownExecutor) throws IOException {
            super(connected, shutdownExecutor, Integer.MAX_VALUE);
        }

        @Override
        public void flush(@Nullable WriteListener listener) throws IOException {
            if (listener != null || !corked.get()) {
                super.flush(listener);
            }
        }

        void flushNow() throws IOException {
            super.flush(null);
        }
    }
}
