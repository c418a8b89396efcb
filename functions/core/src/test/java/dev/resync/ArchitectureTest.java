package dev.resync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.resync.error.ResyncException;
import java.util.List;
import java.util.stream.Stream;

@AnalyzeClasses(packages = "dev.resync", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_NEITHER_LAMBDA_NOR_HTTP = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.amazonaws..",
                    "software.amazon..",
                    "io.quarkus..",
                    "jakarta.ws..",
                    "java.net.http..",
                    "com.sun.net..",
                    "dev.resync.cli..",
                    "dev.resync.engine..",
                    "dev.resync.stages..",
                    "de.bwaldvogel..");

    @ArchTest
    static final ArchRule ERRORS_STAND_ALONE = classes()
            .that()
            .resideInAPackage("dev.resync.error..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.resync.error..", "java..");

    @ArchTest
    static final ArchRule BYTES_NEED_NOTHING_BUT_BSON = classes()
            .that()
            .resideInAPackage("dev.resync.bson..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.resync.bson..", "java..", "org.bson..");

    @ArchTest
    static final ArchRule HASHES_NEED_NOTHING_BUT_BSON = classes()
            .that()
            .resideInAPackage("dev.resync.hash..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.resync.bson..", "dev.resync.hash..", "java..", "org.bson..");

    @ArchTest
    static final ArchRule THE_STORE_KNOWS_ERRORS_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.resync.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(insideBut("bson", "error", "store"));

    @ArchTest
    static final ArchRule PLANS_KNOW_NO_RUNS = noClasses()
            .that()
            .resideInAPackage("dev.resync.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(insideBut("error", "plan", "schema"));

    @ArchTest
    static final ArchRule MAPPING_IS_A_FUNCTION_OF_PLAN_AND_BUNDLE = noClasses()
            .that()
            .resideInAPackage("dev.resync.mapping..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(insideBut("bson", "error", "plan", "schema", "mapping"));

    @ArchTest
    static final ArchRule MAPPING_REACHES_NO_DATABASE = noClasses()
            .that()
            .resideInAPackage("dev.resync.mapping..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.mongodb.client..");

    @ArchTest
    static final ArchRule ERRORS_ARE_FINAL_AND_OF_ONE_ROOT = classes()
            .that()
            .resideInAPackage("dev.resync.error..")
            .and()
            .areAssignableTo(Throwable.class)
            .and()
            .doNotBelongToAnyOf(ResyncException.class)
            .should()
            .beAssignableTo(ResyncException.class)
            .andShould()
            .haveModifier(JavaModifier.FINAL)
            .andShould()
            .bePublic();

    @ArchTest
    static final ArchRule ERRORS_LIVE_IN_ONE_PACKAGE =
            classes().that().areAssignableTo(ResyncException.class).should().resideInAPackage("dev.resync.error");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
            noClasses().should().haveNameMatching(".*\\.[^.]*(Utils?|Common|Helper|Manager)[^.]*");

    @ArchTest
    static final ArchRule NOBODY_PRINTS_OR_EXITS = noClasses()
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    private static String[] insideBut(String... allowed) {
        return Stream.of(
                        "admission",
                        "approval",
                        "bson",
                        "catchup",
                        "chunk",
                        "close",
                        "cutover",
                        "drift",
                        "environment",
                        "error",
                        "estimate",
                        "hash",
                        "mapping",
                        "metrics",
                        "notification",
                        "pace",
                        "plan",
                        "reconcile",
                        "restore",
                        "retention",
                        "run",
                        "schema",
                        "seal",
                        "shadow",
                        "snapshot",
                        "stage",
                        "status",
                        "store",
                        "sync",
                        "trial",
                        "verify")
                .filter(name -> !List.of(allowed).contains(name))
                .map(name -> "dev.resync." + name + "..")
                .toArray(String[]::new);
    }
}
