package dev.resync.engine;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** JSON text in and out, and the size that AWS would measure. */
final class Json {
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static JsonNode parse(String text) throws JsonProcessingException {
        JsonNode node = MAPPER.readTree(text);
        if (node.isMissingNode()) {
            throw new JsonParseException(null, "no content");
        }
        return node;
    }

    static String text(JsonNode node) {
        return node.toString();
    }

    /** Whether the UTF-8 text of the node is longer than the limit; stops counting there. */
    static boolean isLargerThan(JsonNode node, int limitBytes) {
        if (node.isNumber() || node.isBoolean() || node.isNull()) {
            return false;
        }
        try {
            MAPPER.writeValue(new LimitedOutput(limitBytes), node);
            return false;
        } catch (LimitReached e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class LimitReached extends IOException {
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private static final class LimitedOutput extends OutputStream {
        private int left;

        LimitedOutput(int limitBytes) {
            left = limitBytes;
        }

        @Override
        public void write(int oneByte) throws IOException {
            take(1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            take(length);
        }

        private void take(int length) throws LimitReached {
            left -= length;
            if (left < 0) {
                throw new LimitReached();
            }
        }
    }
}
