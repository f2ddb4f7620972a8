package org.selgen.tensor;

import ai.djl.engine.Engine;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.util.Arrays;
import org.selgen.file.NodeCache;

/**
 * The only access to DJL's native library. Arguments and results are handles: numbers that stand for native objects.
 *
 * <p>DJL's public {@code runMethod} runs in inference mode, whose results cannot be trained on; {@code moduleRunMethod}
 * with {@code isTrain} can, but is not public. Hence the method handles.
 */
final class Native {
    private static final Object LIBRARY;
    private static final MethodHandle RUN;
    private static final MethodHandle FROM_TENSOR;
    private static final MethodHandle FROM_TENSORS;
    private static final MethodHandle FROM_LONG;
    private static final MethodHandle FROM_LONGS;
    private static final MethodHandle FROM_DOUBLE;
    private static final MethodHandle FROM_DOUBLES;
    private static final MethodHandle FROM_BOOL;
    private static final MethodHandle FROM_STRING;
    private static final MethodHandle IS_TENSOR;
    private static final MethodHandle TO_TENSOR;
    private static final MethodHandle TO_TENSORS;
    private static final MethodHandle DELETE_VALUE;
    private static final MethodHandle DELETE_TENSOR;
    private static final MethodHandle SIZES;

    static {
        try {
            NodeCache.unpacking(() -> Engine.getEngine("PyTorch")); // loads the native library
            Class<?> library = Class.forName("ai.djl.pytorch.jni.PyTorchLibrary");
            Field field = library.getDeclaredField("LIB");
            field.setAccessible(true);
            LIBRARY = field.get(null);
            RUN = bind(
                    library, "moduleRunMethod", long.class, String.class, long[].class, boolean.class, boolean.class);
            FROM_TENSOR = bind(library, "iValueFromTensor", long.class);
            FROM_TENSORS = bind(library, "iValueFromTensorList", long[].class);
            FROM_LONG = bind(library, "iValueFromLong", long.class);
            FROM_LONGS = bind(library, "iValueFromLongList", long[].class);
            FROM_DOUBLE = bind(library, "iValueFromDouble", double.class);
            FROM_DOUBLES = bind(library, "iValueFromDoubleList", double[].class);
            FROM_BOOL = bind(library, "iValueFromBool", boolean.class);
            FROM_STRING = bind(library, "iValueFromString", String.class);
            IS_TENSOR = bind(library, "iValueIsTensor", long.class);
            TO_TENSOR = bind(library, "iValueToTensor", long.class);
            TO_TENSORS = bind(library, "iValueToTensorList", long.class);
            DELETE_VALUE = bind(library, "torchDeleteIValue", long.class);
            DELETE_TENSOR = bind(library, "torchDeleteTensor", long.class);
            SIZES = bind(library, "torchSizes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Native() {}

    private static MethodHandle bind(Class<?> library, String name, Class<?>... parameters)
            throws ReflectiveOperationException {
        var method = Arrays.stream(library.getDeclaredMethods())
                .filter(m -> m.getName().equals(name) && Arrays.equals(m.getParameterTypes(), parameters))
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException("PyTorchLibrary." + name));
        method.setAccessible(true);
        return MethodHandles.lookup().unreflect(method).bindTo(LIBRARY);
    }

    /** Makes sure the library is loaded; fails as the loading failed. */
    static void load() {}

    /** Runs a method of a TorchScript module; the value must be released with {@link #deleteValue}. */
    static long run(long module, String method, long[] values) {
        return (long) call(() -> RUN.invoke(module, method, values, true, false));
    }

    /** A tensor as a value. */
    static long tensorValue(long handle) {
        return (long) call(() -> FROM_TENSOR.invoke(handle));
    }

    /** A list of tensors as a value. */
    static long tensorsValue(long[] handles) {
        return (long) call(() -> FROM_TENSORS.invoke(handles));
    }

    /** A number, a list of numbers, a flag or a text as a value. */
    static long value(Object argument) {
        if (argument instanceof Integer || argument instanceof Long) {
            return (long) call(() -> FROM_LONG.invoke(((Number) argument).longValue()));
        }
        if (argument instanceof Float || argument instanceof Double) {
            return (long) call(() -> FROM_DOUBLE.invoke(((Number) argument).doubleValue()));
        }
        if (argument instanceof long[] longs) {
            return (long) call(() -> FROM_LONGS.invoke(longs));
        }
        if (argument instanceof double[] doubles) {
            return (long) call(() -> FROM_DOUBLES.invoke(doubles));
        }
        if (argument instanceof Boolean b) {
            return (long) call(() -> FROM_BOOL.invoke(b.booleanValue()));
        }
        if (argument instanceof String s) {
            return (long) call(() -> FROM_STRING.invoke(s));
        }
        throw new IllegalArgumentException(
                "A kernel cannot take a " + argument.getClass().getName());
    }

    /** The tensor handles in a value that is a tensor or a list of tensors. */
    static long[] tensors(long value) {
        if ((boolean) call(() -> IS_TENSOR.invoke(value))) {
            return new long[] {(long) call(() -> TO_TENSOR.invoke(value))};
        }
        return (long[]) call(() -> TO_TENSORS.invoke(value));
    }

    static void deleteValue(long value) {
        call(() -> DELETE_VALUE.invoke(value));
    }

    static void deleteTensor(long tensor) {
        call(() -> DELETE_TENSOR.invoke(tensor));
    }

    static long[] sizes(long tensor) {
        return (long[]) call(() -> SIZES.invoke(tensor));
    }

    private interface Call {
        Object invoke() throws Throwable;
    }

    private static Object call(Call call) {
        try {
            return call.invoke();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("The native library failed: " + e.getMessage(), e);
        }
    }
}
