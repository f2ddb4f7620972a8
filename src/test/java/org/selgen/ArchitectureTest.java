package org.selgen;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The drawing in CONTRIBUTING, held by the build. Plain tests: an ArchTest field would run none and stay green. */
class ArchitectureTest {
    private static final String US = "org.selgen.";
    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.selgen");
    }

    private static void check(ArchRule rule) {
        rule.check(classes);
    }

    @Test
    void dataKnowsOnlyTheJdk() {
        check(ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(US + "data..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", US + "data.."));
    }

    @Test
    void theModelSideKnowsNeitherSparkNorHttpNorConf() {
        check(noClasses()
                .that()
                .resideInAnyPackage(US + "tensor..", US + "lm..", US + "method..", US + "train..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.spark..",
                        "io.delta..",
                        "java.net.http..",
                        "info.picocli..",
                        "picocli..",
                        US + "lake..",
                        US + "job..",
                        US + "source..",
                        US + "judge..",
                        US + "score..",
                        US + "report.."));
    }

    @Test
    void arrowsGoDownFromTrainToTensor() {
        noneKnows("tensor", "lm", "method", "train");
        noneKnows("lm", "method", "train");
        noneKnows("method", "train");
    }

    private static void noneKnows(String lower, String... uppers) {
        for (String upper : uppers) {
            check(noClasses()
                    .that()
                    .resideInAPackage(US + lower + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(US + upper + ".."));
        }
    }

    @Test
    void judgeScoreReportAndSourceKnowNeitherEngineNorSpark() {
        check(noClasses()
                .that()
                .resideInAnyPackage(US + "judge..", US + "score..", US + "report..", US + "source..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "org.apache.spark..", "io.delta..", US + "lake..", US + "job.."));
    }

    @Test
    void theServerKnowsOnlyModels() {
        check(noClasses()
                .that()
                .resideInAPackage(US + "serve..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.spark..",
                        "io.delta..",
                        US + "tensor..",
                        US + "method..",
                        US + "train..",
                        US + "judge..",
                        US + "lake..",
                        US + "job.."));
    }

    @Test
    void theHubKnowsOnlyDataFilesHttpAndJson() {
        check(ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(US + "hub..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.fasterxml.jackson..",
                        "org.apache.commons.codec..",
                        US + "data..",
                        US + "file..",
                        US + "http..",
                        US + "hub.."));
    }

    @Test
    void onlyTensorTouchesTheEngineAndOnlyTheTokenizerItsTokenizer() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(US + "tensor..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl.ndarray..", "ai.djl.pytorch..", "ai.djl.engine.."));
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName(US + "lm.Tokenizer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.huggingface.."));
    }

    @Test
    void nobodyKnowsJobButMain() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(US + "job..")
                .and()
                .doNotHaveFullyQualifiedName(US + "Main")
                .and()
                .haveNameNotMatching("org\\.selgen\\.Main\\$.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(US + "job.."));
    }

    @Test
    void packagesFormNoCycle() {
        check(SlicesRuleDefinition.slices()
                .matching("org.selgen.(*)..")
                .should()
                .beFreeOfCycles());
    }
}
