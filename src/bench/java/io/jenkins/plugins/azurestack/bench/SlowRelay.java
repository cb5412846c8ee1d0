package io.jenkins.plugins.azurestack.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** In a Java of its own: passes connections on after a while, which is what makes a server slow. */
final class SlowRelay {
    private static final int BACKLOG = 1024;

    private SlowRelay() {}

    /** @param arguments the port to pass on to, and the delay in milliseconds; prints the port it listens on */
    public static void main(final String[] arguments) throws IOException {
        final int target = Integer.parseInt(arguments[0]);
        final long delay = Long.parseLong(arguments[1]);
        try (ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
            System.out.println(listener.getLocalPort());
            while (true) {
                final Socket client = listener.accept();
                new Thread(() -> pass(client, target, delay)).start();
            }
        }
    }

    private static void pass(final Socket client, final int target, final long delay) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            TimeUnit.MILLISECONDS.sleep(delay);
            final Thread back = new Thread(() -> copy(server, client));
            back.start();
            copy(client, server);
            back.join();
        } catch (IOException | InterruptedException e) {
            // One side has gone; there is nothing left to pass on.
        }
    }

    private static void copy(final Socket from, final Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // The same.
        }
    }
}
