/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Receives signals through {@code sun.misc.Signal}. Every JDK has it, but compilers warn about it, so it is called by
 * reflection. A shutdown hook is not enough: it does not see a second Ctrl-C, or any other signal after the first.
 */
final class Signals {

    private Signals() {}

    static void listen(Interruption interruption) {
        listen("INT", interruption, false);
        listen("TERM", interruption, false);
        listen("HUP", interruption, true); // nohup wants it ignored
    }

    private static void listen(String name, Interruption interruption, boolean unlessIgnored) {
        try {
            Class<?> signalClass = Class.forName("sun.misc.Signal");
            Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            InvocationHandler calls = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    interruption.trigger();
                    return null;
                }
                return method.getName().equals("hashCode") ? System.identityHashCode(proxy) : null;
            };
            Object handler =
                    Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handlerClass}, calls);
            Object signal = signalClass.getConstructor(String.class).newInstance(name);
            var handle = signalClass.getMethod("handle", signalClass, handlerClass);
            Object before = handle.invoke(null, signal, handler);
            if (unlessIgnored && handlerClass.getField("SIG_IGN").get(null).equals(before)) {
                handle.invoke(null, signal, before);
            }
        } catch (InvocationTargetException e) {
            // This system has no such signal, or the JVM runs with -Xrs, which leaves signals alone.
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("This JVM has no sun.misc.Signal.", e);
        }
    }
}
