package dev.resync.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The published schema of receipts, which every receipt in every test must keep. */
public final class ReceiptSchema {

    private static final Schema SCHEMA = load();

    private ReceiptSchema() {}

    /** Fails where a receipt breaks the schema. */
    public static void requireKept(JsonNode receipt) {
        assertThat(SCHEMA.validate(receipt.toString(), InputFormat.JSON))
                .as(receipt.toPrettyString())
                .isEmpty();
    }

    private static Schema load() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(Path.of("..", "..", "docs", "receipt.schema.json")), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
