package dev.resync.engine;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The functions that Step Functions adds to JSONata, and those that must follow the injected time and chance. */
final class Library {
    private static final int LONGEST_RANGE = 1_000;
    private static final Set<String> ALGORITHMS = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    private final Map<String, Jsonata.JFunction> functions = new LinkedHashMap<>();

    Library(LongSupplier nowMillis, DoubleSupplier random, Supplier<String> uuid) {
        add("partition", "<an:a<a>>", args -> partition((List<?>) args.get(0), (Number) args.get(1)));
        add("range", "<nnn:a<n>>", args -> range(args));
        add("hash", "<s-s:s>", args -> hash((String) args.get(0), (String) args.get(1)));
        add("random", "<n?:n>", args -> random(args, random));
        add("uuid", "<:s>", args -> uuid.get());
        add("parse", "<s-:x>", args -> parse((String) args.get(0)));
        add(
                "now",
                "<s?s?:s>",
                args -> Functions.dateTimeFromMillis(
                        nowMillis.getAsLong(), (String) at(args, 0), (String) at(args, 1)));
        add("millis", "<:n>", args -> nowMillis.getAsLong());
        // The load check finds the plain name only; this closes the ways around it.
        add("eval", "<sx?:x>", args -> {
            throw new JException("Step Functions does not support $eval", -1);
        });
    }

    void bindTo(Jsonata.Frame frame) {
        functions.forEach(frame::bind);
    }

    private interface Body {
        Object call(List<?> args);
    }

    private void add(String name, String signature, Body body) {
        functions.put(name, new Jsonata.JFunction((input, args) -> body.call(args), signature));
    }

    private static Object at(List<?> args, int index) {
        return index < args.size() ? args.get(index) : null;
    }

    private static Object partition(List<?> items, Number size) {
        if (items == null || size == null) {
            return null;
        }
        int length = whole(size, "$partition", "size");
        if (length <= 0) {
            throw new JException("$partition: the size must be positive", -1);
        }
        List<Object> parts = new ArrayList<>();
        for (int from = 0; from < items.size(); from += length) {
            parts.add(new ArrayList<>(items.subList(from, Math.min(items.size(), from + length))));
        }
        return parts;
    }

    private static Object range(List<?> args) {
        if (at(args, 0) == null || at(args, 1) == null || at(args, 2) == null) {
            return null;
        }
        int first = whole((Number) args.get(0), "$range", "start");
        int last = whole((Number) args.get(1), "$range", "end");
        int step = whole((Number) args.get(2), "$range", "step");
        if (step == 0) {
            throw new JException("$range: the step must not be 0", -1);
        }
        List<Object> numbers = new ArrayList<>();
        for (long n = first; step > 0 ? n <= last : n >= last; n += step) {
            if (numbers.size() == LONGEST_RANGE) {
                throw new JException("$range: more than " + LONGEST_RANGE + " items", -1);
            }
            numbers.add((int) n);
        }
        return numbers;
    }

    private static int whole(Number number, String function, String argument) {
        double value = number.doubleValue();
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new JException(function + ": " + argument + " must be an integer", -1);
        }
        return (int) value;
    }

    private static Object hash(String text, String algorithm) {
        if (text == null || algorithm == null) {
            return null;
        }
        if (!ALGORITHMS.contains(algorithm)) {
            throw new JException("$hash: unknown algorithm " + algorithm, -1);
        }
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object random(List<?> args, DoubleSupplier source) {
        Number seed = (Number) at(args, 0);
        return seed == null ? source.getAsDouble() : new Random(Double.hashCode(seed.doubleValue())).nextDouble();
    }

    private static Object parse(String text) {
        if (text == null) {
            return null;
        }
        try {
            return JsonView.of(Json.parse(text));
        } catch (JsonProcessingException e) {
            throw new JException("$parse: not JSON: " + e.getOriginalMessage(), -1);
        }
    }
}
