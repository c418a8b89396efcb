package dev.resync.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.resync.cutover.JournalEntry;
import dev.resync.run.Receipt;
import dev.resync.run.Run;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Jackson finds in a native image only what is registered; a missing record would fail at its first use, in production. */
class ReflectedTypesTest {

    /** Read by hand, or never written as JSON. */
    private static final List<String> WITHOUT_JACKSON =
            List.of("dev.resync.plan", "dev.resync.mapping", "dev.resync.error");

    /** Never leave the process, though they could. */
    private static final Set<String> WITHIN = Set.of(
            "dev.resync.admission.Request",
            "dev.resync.apply.RangeDifference",
            "dev.resync.apply.RangeDifference$Change",
            "dev.resync.apply.RangeDifference$Wanted",
            "dev.resync.chunk.ChunkSize",
            "dev.resync.environment.People",
            "dev.resync.environment.ScheduledRun",
            "dev.resync.estimate.Estimate",
            "dev.resync.estimate.Estimator$Cover",
            "dev.resync.estimate.Estimator$FullChunk",
            "dev.resync.estimate.ExecutionShape",
            "dev.resync.estimate.Prices",
            "dev.resync.estimate.StepEstimate",
            "dev.resync.estimate.Throughput",
            "dev.resync.estimate.Warning",
            "dev.resync.environment.StartRule",
            "dev.resync.admission.IdempotencyKeys$Reserved",
            "dev.resync.run.AuditTrail$Asked",
            "dev.resync.run.AuditTrail$Outcome",
            "dev.resync.chunk.StageProgress",
            "dev.resync.close.CutState",
            "dev.resync.close.Settlement",
            "dev.resync.pace.ChunkTurn$Seen",
            "dev.resync.pace.LatencyBackoff$Sample",
            "dev.resync.pace.Throttle",
            "dev.resync.pace.Throttle$Limit",
            "dev.resync.reconcile.StraySweep$Result",
            "dev.resync.retention.RetentionPolicy$Line",
            "dev.resync.retention.SnapshotSweep$Result",
            "dev.resync.retention.Standing",
            "dev.resync.run.CutOverWindow$Turn",
            "dev.resync.run.RunCollection",
            "dev.resync.run.RunCollectionName",
            "dev.resync.run.QuarantineCompleteness",
            "dev.resync.run.RunId",
            "dev.resync.schema.Place",
            "dev.resync.snapshot.SnapshotStore$Manifests",
            "dev.resync.store.CollectionSize",
            "dev.resync.sync.StagedBundle$TooLarge",
            "dev.resync.verify.Comparison$Compared",
            "dev.resync.verify.RestoreDryRun$Found");

    private static final Set<Class<?>> SCALARS = Set.of(
            boolean.class,
            int.class,
            long.class,
            double.class,
            Boolean.class,
            Integer.class,
            Long.class,
            Double.class,
            String.class,
            Instant.class,
            JsonNode.class);

    @Test
    void everyRecordThatCanBeJsonIsRegistered() {
        Set<String> needed = new TreeSet<>();
        for (Class<?> record : records()) {
            if (fits(record)) {
                needed.add(record.getName());
                parts(record)
                        .filter(part -> part.isEnum() || part.isRecord())
                        .forEach(part -> needed.add(part.getName()));
            }
        }

        assertThat(needed)
                .contains(Run.class.getName(), Receipt.class.getName(), JournalEntry.class.getName())
                .isSubsetOf(registered());
    }

    private static List<Class<?>> records() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.resync").stream()
                        .filter(JavaClass::isRecord)
                        .filter(type -> !WITHIN.contains(type.getName()))
                        .filter(type -> WITHOUT_JACKSON.stream().noneMatch(type.getPackageName()::startsWith))
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
    }

    /** Whether JSON can carry a type: scalars, and records, lists and maps of them. */
    private static boolean fits(Type type) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            return (Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw))
                    && Stream.of(generic.getActualTypeArguments()).allMatch(ReflectedTypesTest::fits);
        }
        return type instanceof Class<?> plain
                && (SCALARS.contains(plain)
                        || plain.isEnum()
                        || (plain.isRecord()
                                && Stream.of(plain.getRecordComponents())
                                        .map(RecordComponent::getGenericType)
                                        .allMatch(ReflectedTypesTest::fits)));
    }

    private static Stream<Class<?>> parts(Class<?> record) {
        return Stream.of(record.getRecordComponents())
                .map(RecordComponent::getGenericType)
                .flatMap(ReflectedTypesTest::classes);
    }

    private static Stream<Class<?>> classes(Type type) {
        return type instanceof ParameterizedType generic
                ? Stream.of(generic.getActualTypeArguments()).flatMap(ReflectedTypesTest::classes)
                : Stream.of((Class<?>) type);
    }

    private static Set<String> registered() {
        RegisterForReflection registration = ReflectedTypes.class.getAnnotation(RegisterForReflection.class);
        Set<String> names = new TreeSet<>(List.of(registration.classNames()));
        Stream.of(registration.targets()).map(Class::getName).forEach(names::add);
        return names;
    }
}
