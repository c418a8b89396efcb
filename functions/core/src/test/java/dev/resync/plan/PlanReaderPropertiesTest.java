package dev.resync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.error.PlanInvalid;
import dev.resync.trial.Trial;
import dev.resync.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * A damaged plan is refused with problems that stand in the document, or it maps whatever the sources hold; it crashes neither
 * the reader nor the mapping.
 */
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

    private static final int DOCUMENTS = 6;
    private static final List<String> FIELDS = List.of(
            "doctorFirstName",
            "submissionDate",
            "designatedBodyCode",
            "underNotice",
            "doctorStatus",
            "existsInGmc",
            "tcsPersonId",
            "programmeName",
            "programmeOwner",
            "curriculumEndDate",
            "outcome",
            "gmcSubmissionDate",
            "responseCode",
            "requestTime",
            "hiddenUntilDate",
            "reason");
    private static final List<BsonValue> VALUES = List.of(
            BsonNull.VALUE,
            new BsonString(""),
            new BsonString("APPROVED"),
            new BsonString("YES"),
            new BsonString("2026-02-29"),
            new BsonString("2026-03-01"),
            new BsonDateTime(Long.MIN_VALUE),
            new BsonDouble(Double.NaN),
            new BsonInt32(0),
            BsonBoolean.TRUE,
            new BsonArray(List.of(new BsonDocument("a", BsonNull.VALUE))),
            new BsonDocument("a", new BsonString("b")));

    private final PlanReader reader = new PlanReader();
    private final String plan;

    PlanReaderPropertiesTest() throws IOException {
        this.plan = Files.readString(Path.of("../../plans/revalidation.json"));
    }

    @Property(tries = 300)
    void aDamagedPlanIsRefusedOrMaps(@ForAll long seed) throws JsonProcessingException {
        Random random = new Random(seed);
        JsonNode document = JSON.readTree(plan);
        for (int i = 0; i <= random.nextInt(3); i++) {
            damage(document, random);
        }
        try {
            requireMaps(reader.read("damaged", document.toString()), random);
        } catch (PlanInvalid refused) {
            assertThat(refused.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.message()).isNotBlank();
                assertThat(document.at(JsonPointer.compile(problem.pointer())).isMissingNode())
                        .describedAs(problem.toString())
                        .isFalse();
            });
        }
    }

    private static void requireMaps(Plan plan, Random random) {
        Map<String, List<BsonDocument>> sources = new TreeMap<>();
        plan.sources().forEach(source -> sources.put(source.name(), documents(source, random)));
        TrialResult result = new Trial(plan, Instant.EPOCH).map(sources);
        result.accounts().forEach((source, account) -> {
            assertThat(account.balanced()).as("%s: %s", source, account).isTrue();
            assertThat(account.read()).isEqualTo(sources.get(source).size());
        });
    }

    private static List<BsonDocument> documents(SourcePlan source, Random random) {
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            BsonDocument document = new BsonDocument("_id", new BsonInt32(i));
            document.append(source.key().field().split("\\.")[0], new BsonString("100000" + random.nextInt(4)));
            for (String field : FIELDS) {
                if (random.nextBoolean()) {
                    document.append(field, VALUES.get(random.nextInt(VALUES.size())));
                }
            }
            documents.add(document);
        }
        return documents;
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
