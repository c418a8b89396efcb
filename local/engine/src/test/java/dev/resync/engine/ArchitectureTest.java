package dev.resync.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.resync", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule DEPENDS_ON_LITTLE = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "com.fasterxml.jackson..", "com.dashjoin.jsonata..", "dev.resync.engine..");

    @ArchTest
    static final ArchRule ONLY_THE_CLOCK_KNOWS_THE_TIME = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(RealTime.class.getName())
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule NOTHING_INTERRUPTS = noClasses()
            .should()
            .callMethod(java.util.concurrent.ExecutorService.class, "shutdownNow")
            .orShould()
            .callMethod(java.util.concurrent.ThreadPoolExecutor.class, "shutdownNow");

    @ArchTest
    static final ArchRule NO_STATIC_MUTABLE_FIELDS = noFields()
            .that()
            .areStatic()
            .and()
            .doNotHaveName("$VALUES")
            .should()
            .notHaveModifier(JavaModifier.FINAL);
}
