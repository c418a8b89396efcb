package dev.resync.bench.micro;

import dev.resync.hash.DocumentHash;
import dev.resync.hash.HashSum;
import dev.resync.mapping.Bundle;
import dev.resync.sync.StagedBundle;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.infra.Blackhole;

/** What each document passes through, beside yardsticks: decoding it, and its bare SHA-256. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DocumentBenchmark {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    /** Yardstick: a target document from bytes to values. */
    @Benchmark
    @OperationsPerInvocation(Bundles.COUNT)
    public void decode(Bundles data, Blackhole taken) {
        for (RawBsonDocument document : data.documents) {
            taken.consume(document.decode(CODEC));
        }
    }

    /** Yardstick of grouping and mapping: all source documents of a bundle from bytes to values. */
    @Benchmark
    @OperationsPerInvocation(Bundles.COUNT)
    public void decodeBundle(Bundles data, Blackhole taken) {
        for (RawBsonDocument document : data.sources) {
            taken.consume(document.decode(CODEC));
        }
    }

    /** Yardstick: the SHA-256 of a target document's bytes as they are. */
    @Benchmark
    @OperationsPerInvocation(Bundles.COUNT)
    public void digest(Bundles data, Blackhole taken) throws NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (RawBsonDocument document : data.documents) {
            sha256.update(document.getByteBuffer().asNIO());
            taken.consume(sha256.digest());
        }
    }

    /** Hash of a target document, added to a sum. */
    @Benchmark
    @OperationsPerInvocation(Bundles.COUNT)
    public void hash(Bundles data, Blackhole taken) {
        HashSum sum = new HashSum();
        for (RawBsonDocument document : data.documents) {
            taken.consume(sum.add(document));
        }
    }

    /** Hash of a target document whose {@code _id} must be moved to the front to give canonical bytes. */
    @Benchmark
    @OperationsPerInvocation(Bundles.COUNT)
    public void canonicalBytes(Bundles data, Blackhole taken) {
        DocumentHash hash = new DocumentHash();
        for (RawBsonDocument document : data.unordered) {
            taken.consume(hash.of(document));
        }
    }

    /** Staged fragments put together to bundles. */
    @Benchmark
    @OperationsPerInvocation(Bundles.COUNT)
    public void grouping(Bundles data, Blackhole taken) {
        StagedBundle.forEach(data.fragments, taken::consume);
    }

    /** A bundle of raw source documents mapped to the document of one target. */
    @Benchmark
    @OperationsPerInvocation(Bundles.COUNT)
    public void mappingOneTarget(Bundles data, Blackhole taken) {
        for (Bundle bundle : data.bundles) {
            taken.consume(data.oneTarget.map(bundle));
        }
    }

    /** A bundle of raw source documents mapped to the documents of two targets. */
    @Benchmark
    @OperationsPerInvocation(Bundles.COUNT)
    public void mappingTwoTargets(Bundles data, Blackhole taken) {
        for (Bundle bundle : data.bundles) {
            taken.consume(data.twoTargets.map(bundle));
        }
    }
}
