package org.selgen.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.PluginContext;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;

/** Questions that tasks ask the driver while they work, over the connection that Spark has, with its secret where it has one. */
public final class DriverChannel {
    private static final Map<String, Service> SERVICES = new ConcurrentHashMap<>();

    private static final AtomicReference<@Nullable PluginContext> DRIVER = new AtomicReference<>();

    private DriverChannel() {}

    /** In an executor: what reaches the driver. */
    static void by(PluginContext context) {
        DRIVER.set(context);
    }

    /** Answers on the driver: at once, since one question is answered after the other. */
    public interface Service {
        Serializable answer(Serializable message);
    }

    /**
     * A service that answers until it is closed.
     *
     * @param id what tasks call it
     */
    public record Registration(String id) implements AutoCloseable {
        @Override
        public void close() {
            SERVICES.remove(id);
        }
    }

    /** What travels. */
    record Asked(String service, Serializable message) implements Serializable {
        @Override
        public String toString() {
            return "Asked[" + service + "]"; // the message may be a secret
        }
    }

    /** On the driver: answers from now on. */
    public static Registration serve(Service service) {
        String id = UUID.randomUUID().toString();
        SERVICES.put(id, service);
        return new Registration(id);
    }

    /**
     * In a task: the answer of the driver's service.
     *
     * @throws IllegalStateException if it answers no more
     */
    public static Object ask(String service, Serializable message) {
        PluginContext driver = DRIVER.get();
        if (driver == null) {
            throw new BadInput(
                    "spark.plugins lacks org.selgen.cluster.ProgressPlugin, by which tasks ask the driver; add it");
        }
        try {
            return unpacked((byte[]) driver.ask(new Asked(service, message)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the driver does not answer", e);
        }
    }

    /** In a task: its name, of which {@link LostExecutors} tells when its executor is lost. */
    public static String task() {
        return LostExecutors.prefix(SparkEnv.get().executorId())
                + TaskContext.get().taskAttemptId();
    }

    /** Spark reads what comes to an executor by a class loader that lacks the application, so an answer travels as bytes. */
    private static Object unpacked(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            protected Class<?> resolveClass(ObjectStreamClass type) throws IOException, ClassNotFoundException {
                return Class.forName(type.getName(), false, DriverChannel.class.getClassLoader());
            }
        }) {
            return in.readObject();
        }
    }

    private static byte[] packed(Serializable answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] answer(Asked asked) {
        Service service = SERVICES.get(asked.service());
        if (service == null) {
            throw new IllegalStateException("the driver has ended what this task is of");
        }
        return packed(service.answer(asked.message()));
    }
}
