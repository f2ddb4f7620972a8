package org.selgen.job;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Of a verb that reads models without Spark: a lake that is a folder of this machine. */
final class LocalLake implements ITypeConverter<Path> {
    @Override
    public Path convert(String value) {
        if (value.contains("://")) {
            throw new TypeConversionException(
                    "'" + value + "' is no folder of this machine, as this verb needs; copy the"
                            + " lake's models/ and adapters/ into one and name that");
        }
        return Path.of(value);
    }
}
