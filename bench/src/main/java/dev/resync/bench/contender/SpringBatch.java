package dev.resync.bench.contender;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.InsertManyOptions;
import dev.resync.bench.data.BundleDocuments;
import dev.resync.bench.data.Sources;
import dev.resync.bench.link.Link;
import dev.resync.bench.measure.Recorder;
import dev.resync.plan.SourcePlan;
import dev.resync.plan.TargetPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;

/**
 * A Spring Batch job with a step of chunks, as its reference shows it: a reader of the driving rows, a processor that looks up
 * the other sources, a writer that inserts. The job repository is in memory. The joins are made one find each, or gathered: one
 * find a source and {@value #IDS} rows, in the writer.
 */
public final class SpringBatch implements Contender {

    public static final String NAME = "spring-batch";
    public static final String GATHERED = "spring-batch-gathered";

    private static final int CHUNK = 1000;
    /**
     * Ids a query of the gathered joins. The embedded server's time for {@code $in} grows with the square of its list: an id costs
     * it three times as much among 1,000 as among 250, which would be most of the row. More round trips cost less than that.
     */
    private static final int IDS = 250;

    private final boolean gathered;

    public SpringBatch(boolean gathered) {
        this.gathered = gathered;
    }

    @Override
    public String name() {
        return gathered ? GATHERED : NAME;
    }

    @Override
    public void run(Ground ground, Link link, Recorder recorder) {
        ground.clean(ground::own, true);
        recorder.measure(name(), () -> new Work(ground, link).run(gathered));
        ground.require(name(), ground::own, ground.wanted().hashes());
        ground.clean(ground::own, false);
    }

    /** One execution of the job. */
    private static final class Work {
        private final BundleDocuments mapping;
        private final String driving;
        private final MongoCollection<RawBsonDocument> rows;
        private final Map<String, MongoCollection<RawBsonDocument>> joins = new LinkedHashMap<>();
        private final Map<String, MongoCollection<BsonDocument>> targets = new LinkedHashMap<>();

        private Work(Ground ground, Link link) {
            mapping = new BundleDocuments(ground.plan());
            List<SourcePlan> sources = ground.plan().sources();
            driving = sources.get(0).name();
            rows = link.store().raw(Sources.joined(driving));
            for (SourcePlan source : sources.subList(1, sources.size())) {
                joins.put(source.name(), link.store().raw(Sources.joined(source.name())));
            }
            for (TargetPlan target : ground.plan().targets()) {
                targets.put(target.name(), link.store().raw(ground.own(target)).withDocumentClass(BsonDocument.class));
            }
        }

        private void run(boolean gathered) {
            ResourcelessJobRepository repository = new ResourcelessJobRepository();
            try (MongoCursor<RawBsonDocument> cursor =
                    rows.find().batchSize(Ground.BATCH).iterator()) {
                StepBuilder builder = new StepBuilder("rebuild", repository);
                Step step = gathered ? gathered(builder, cursor) : oneByOne(builder, cursor);
                Job job = new JobBuilder("rebuild", repository).start(step).build();
                TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
                operator.setJobRepository(repository);
                operator.setJobRegistry(new MapJobRegistry());
                operator.afterPropertiesSet();
                JobExecution execution = operator.start(job, new JobParameters());
                if (execution.getStatus() != BatchStatus.COMPLETED) {
                    throw new IllegalStateException(
                            "the job ended " + execution.getStatus() + ": " + execution.getAllFailureExceptions());
                }
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                // That of afterPropertiesSet, which declares any, among others.
                throw new IllegalStateException("the job cannot be started", e);
            }
        }

        private Step oneByOne(StepBuilder builder, MongoCursor<RawBsonDocument> cursor) {
            ChunkOrientedStepBuilder<RawBsonDocument, Map<String, BsonDocument>> chunks = builder.chunk(CHUNK);
            return chunks.reader(cursor::tryNext)
                    .processor(this::joined)
                    .writer(this::write)
                    .build();
        }

        private Step gathered(StepBuilder builder, MongoCursor<RawBsonDocument> cursor) {
            ChunkOrientedStepBuilder<RawBsonDocument, RawBsonDocument> chunks = builder.chunk(CHUNK);
            return chunks.reader(cursor::tryNext).writer(this::joinAndWrite).build();
        }

        /** Answers null for what goes to quarantine, which takes it out of the chunk. */
        private Map<String, BsonDocument> joined(RawBsonDocument row) {
            BsonValue key = row.get("_id");
            Map<String, List<BsonDocument>> documents = new HashMap<>();
            put(documents, driving, row);
            joins.forEach((source, collection) -> put(
                    documents,
                    source,
                    collection.find(new BsonDocument("_id", key)).first()));
            Map<String, BsonDocument> mapped = mapping.of(key, documents);
            return mapped.isEmpty() ? null : mapped;
        }

        private void joinAndWrite(Chunk<? extends RawBsonDocument> rows) {
            Map<BsonValue, Map<String, List<BsonDocument>>> byKey = new LinkedHashMap<>();
            for (RawBsonDocument row : rows) {
                put(byKey.computeIfAbsent(row.get("_id"), any -> new HashMap<>()), driving, row);
            }
            List<BsonValue> keys = List.copyOf(byKey.keySet());
            for (int from = 0; from < keys.size(); from += IDS) {
                BsonArray some = new BsonArray(keys.subList(from, Math.min(keys.size(), from + IDS)));
                BsonDocument ids = new BsonDocument("_id", new BsonDocument("$in", some));
                joins.forEach((source, collection) -> collection
                        .find(ids)
                        .batchSize(Ground.BATCH)
                        .forEach(found -> put(byKey.get(found.get("_id")), source, found)));
            }
            Chunk<Map<String, BsonDocument>> mapped = new Chunk<>();
            byKey.forEach((key, documents) -> mapped.add(mapping.of(key, documents)));
            write(mapped);
        }

        private void write(Chunk<? extends Map<String, BsonDocument>> chunk) {
            targets.forEach((target, collection) -> {
                List<BsonDocument> documents = new ArrayList<>(chunk.size());
                for (Map<String, BsonDocument> mapped : chunk) {
                    BsonDocument document = mapped.get(target);
                    if (document != null) {
                        documents.add(document);
                    }
                }
                if (!documents.isEmpty()) {
                    collection.insertMany(documents, new InsertManyOptions().ordered(false));
                }
            });
        }

        private static void put(Map<String, List<BsonDocument>> documents, String source, BsonDocument joined) {
            List<BsonDocument> found = Sources.documents(joined);
            if (!found.isEmpty()) {
                documents.put(source, found);
            }
        }
    }
}
