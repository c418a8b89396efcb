package dev.resync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.error.PlanInvalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A damaged plan is refused with problems that stand in the document; it never crashes the reader. */
class PlanReaderPropertiesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ODD = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e400",
            "99999999999",
            "\"\"",
            "\"x\"",
            "\"$key\"",
            "\"a..b\"",
            "\"gmc\"",
            "\"many\"",
            "\"date\"",
            "\"$now()\"",
            "\"(\"",
            "\"{\"",
            "[]",
            "{}",
            "[null]",
            "[{}]",
            "{\"a\":null}",
            "[[1]]",
            "{\"join\":1}",
            "{\"value\":{}}",
            "{\"padStart\":{}}");

    private final PlanReader reader = new PlanReader();
    private final String plan;

    PlanReaderPropertiesTest() throws IOException {
        this.plan = Files.readString(Path.of("../../plans/revalidation.json"));
    }

    @Property(tries = 300)
    void aDamagedPlanIsRefusedOrRead(@ForAll long seed) throws JsonProcessingException {
        Random random = new Random(seed);
        JsonNode document = JSON.readTree(plan);
        for (int i = 0; i <= random.nextInt(3); i++) {
            damage(document, random);
        }
        try {
            assertThat(reader.read("damaged", document.toString()).ruleIds()).isNotEmpty();
        } catch (PlanInvalid refused) {
            assertThat(refused.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.message()).isNotBlank();
                assertThat(document.at(JsonPointer.compile(problem.pointer())).isMissingNode())
                        .describedAs(problem.toString())
                        .isFalse();
            });
        }
    }

    private static void damage(JsonNode document, Random random) throws JsonProcessingException {
        List<JsonNode> holders = new ArrayList<>();
        collect(document, holders);
        JsonNode holder = holders.get(random.nextInt(holders.size()));
        JsonNode odd = JSON.readTree(ODD.get(random.nextInt(ODD.size())));
        if (holder instanceof ArrayNode array) {
            array.set(random.nextInt(array.size()), odd);
            return;
        }
        ObjectNode object = (ObjectNode) holder;
        List<String> names = new ArrayList<>(
                object.propertyStream().map(java.util.Map.Entry::getKey).toList());
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(3)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(name + "X", odd);
            default -> object.set(name, odd);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> holders) {
        if (node.isContainerNode() && !node.isEmpty()) {
            holders.add(node);
        }
        node.forEach(child -> collect(child, holders));
    }
}
