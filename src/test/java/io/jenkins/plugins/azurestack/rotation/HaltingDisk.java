package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.journal.Disk;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A disk that stops at one of its boundaries: right before something is to be written, named, or removed, or right after it
 * was forced, so with what comes next not done yet.
 */
final class HaltingDisk {
    private static final Set<String> BEFORE = Set.of("append", "link", "rename", "remove");
    private static final Set<String> AFTER = Set.of("force", "forceFolder");

    private final AtomicInteger left;
    private final Consumer<String> halt;

    private HaltingDisk(final int at, final Consumer<String> halt) {
        this.left = new AtomicInteger(at);
        this.halt = halt;
    }

    /**
     * Wraps a disk.
     *
     * @param at the number of the boundary, from 1; 0 for none
     * @param halt what is done there
     */
    static Disk around(final Disk real, final int at, final Consumer<String> halt) {
        return new HaltingDisk(at, halt).wrapped(Disk.class, real);
    }

    private <T> T wrapped(final Class<T> type, final T real) {
        final InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.isDefault()) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            boundary(BEFORE, method, "before ");
            final Object result = invoke(real, method, arguments);
            boundary(AFTER, method, "after ");
            return result instanceof Disk.OpenFile file ? wrapped(Disk.OpenFile.class, file) : result;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(final Object real, final Method method, final Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void boundary(final Set<String> names, final Method method, final String when) {
        if (names.contains(method.getName()) && left.decrementAndGet() == 0) {
            halt.accept(when + method.getName());
        }
    }
}
