package dev.resync.cli.drill;

import dev.resync.plan.Apply;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@link Apply} as plans have it. */
final class ApplyOption implements ITypeConverter<Apply>, Iterable<String> {

    private static final List<String> NAMES = List.of("swap", "in-place");

    @Override
    public Apply convert(String value) {
        return switch (value) {
            case "swap" -> Apply.SWAP;
            case "in-place" -> Apply.IN_PLACE;
            default -> throw new TypeConversionException("expected one of " + NAMES + " but was '" + value + "'");
        };
    }

    @Override
    public Iterator<String> iterator() {
        return NAMES.iterator();
    }
}
