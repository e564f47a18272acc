package dev.logagent.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Stands between a client and a port of 127.0.0.1, and spoils the network on command: delay, silence (connections stay
 * open, bytes go nowhere), resets, refusal. Safe for use by several threads.
 */
public final class TcpProxy implements AutoCloseable {

    private final int targetPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private Acceptor listener;
    private boolean stalled;
    private boolean heldBack;
    private Duration delay = Duration.ZERO;

    /** How many more bytes may come from the target before the fault. */
    private long allowance = Long.MAX_VALUE;

    private Runnable fault = () -> {};

    private TcpProxy(int targetPort) throws IOException {
        this.targetPort = targetPort;
        this.listener = listen(0);
    }

    /** A proxy that forwards everything to that port, running. */
    public static TcpProxy to(int targetPort) throws IOException {
        return new TcpProxy(targetPort);
    }

    /** The port to connect to, the same for the whole life of the proxy. */
    public int port() {
        synchronized (lock) {
            return listener.port();
        }
    }

    /** Holds back every block of bytes for that long, in both directions, from now on. */
    public void delay(Duration duration) {
        synchronized (lock) {
            delay = duration;
        }
    }

    /** Forwards nothing any more, and keeps the connections open; see {@link #resume}. */
    public void stall() {
        synchronized (lock) {
            stalled = true;
            heldBack = false;
        }
    }

    /** Lets so many more bytes come from the target, then resets every connection, once. */
    public void resetAfter(long bytes) {
        faultAfter(bytes, this::resetAll);
    }

    /** Lets so many more bytes come from the target, then falls silent as by {@link #stall}. */
    public void stallAfter(long bytes) {
        faultAfter(bytes, this::stall);
    }

    /** Waits until bytes have come that {@link #stall} holds back. */
    public void awaitHeldBack() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        synchronized (lock) {
            while (!heldBack) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("no bytes came to be held back");
                }
                lock.wait(left);
            }
        }
    }

    /** Forwards again, what was held back first. */
    public void resume() {
        synchronized (lock) {
            stalled = false;
            lock.notifyAll();
        }
    }

    /** Resets every connection; new ones are welcome. */
    public void resetAll() {
        sockets.forEach(TcpProxy::reset);
    }

    /** Resets every connection and refuses new ones, until {@link #accept}. */
    public void refuse() {
        Acceptor open;
        synchronized (lock) {
            open = listener;
        }
        open.close();
        resetAll();
    }

    /** Takes connections again, on the same port. */
    public void accept() throws IOException {
        synchronized (lock) {
            if (!listener.isOpen()) {
                listener = listen(listener.port());
            }
        }
    }

    @Override
    public void close() {
        refuse();
        resume();
    }

    private void faultAfter(long bytes, Runnable what) {
        synchronized (lock) {
            allowance = bytes;
            fault = what;
        }
    }

    private Acceptor listen(int port) throws IOException {
        return new Acceptor(new ServerSocket(), port, this::join);
    }

    private void join(Socket client) throws IOException {
        Socket target = new Socket();
        sockets.add(client);
        sockets.add(target);
        try {
            target.connect(Loopback.port(targetPort), 5_000);
            client.setTcpNoDelay(true);
            target.setTcpNoDelay(true);
        } catch (IOException e) {
            drop(client, target);
            throw e;
        }
        start(() -> pump(client, target, true));
        start(() -> pump(target, client, false));
    }

    private void pump(Socket from, Socket to, boolean isClient) {
        byte[] block = new byte[64 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                int first = isClient ? count : allowed(count);
                forward(block, 0, first, out);
                if (first < count) {
                    spoil();
                    forward(block, first, count - first, out);
                }
            }
            to.shutdownOutput();
            if (from.isOutputShutdown()) {
                finish(from, to);
            }
        } catch (IOException e) {
            drop(from, to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forward(byte[] block, int from, int count, OutputStream out) throws IOException, InterruptedException {
        holdBack();
        out.write(block, from, count);
    }

    /** How many of these bytes may pass before the fault. */
    private int allowed(int count) {
        synchronized (lock) {
            int allowed = (int) Math.min(count, allowance);
            allowance -= allowance == Long.MAX_VALUE ? 0 : allowed;
            return allowed;
        }
    }

    private void spoil() {
        Runnable now;
        synchronized (lock) {
            allowance = Long.MAX_VALUE;
            now = fault;
        }
        now.run();
    }

    private void holdBack() throws InterruptedException {
        synchronized (lock) {
            long until = System.nanoTime() + delay.toNanos();
            long left = delay.toMillis();
            while (left > 0) {
                lock.wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            }
            while (stalled) {
                heldBack = true;
                lock.notifyAll();
                lock.wait();
            }
        }
    }

    /** Lets go of two sockets that have both said their goodbye. */
    private void finish(Socket one, Socket other) throws IOException {
        sockets.remove(one);
        sockets.remove(other);
        one.close();
        other.close();
    }

    private void drop(Socket one, Socket other) {
        reset(one);
        reset(other);
        sockets.remove(one);
        sockets.remove(other);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // Closed already.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
