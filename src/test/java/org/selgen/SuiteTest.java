package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/** That the build finds every test: by the name of its class, which has one. */
class SuiteTest {
    private static List<JavaClass> classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS).importPackages("org.selgen").stream()
                        .filter(one ->
                                one.isTopLevelClass() && !one.getModifiers().contains(JavaModifier.ABSTRACT))
                        .toList();
    }

    private static boolean named(JavaClass one) {
        return one.getSimpleName().matches(".*(Test|IT)");
    }

    private static boolean tests(JavaClass one) {
        return one.getAllMethods().stream()
                .anyMatch(
                        method -> method.isAnnotatedWith(Testable.class) || method.isMetaAnnotatedWith(Testable.class));
    }

    @Test
    void everyTestClassHasATest() {
        assertThat(classes).filteredOn(SuiteTest::named).hasSizeGreaterThan(100).allMatch(SuiteTest::tests);
    }

    @Test
    void everyTestIsInAClassThatTheBuildLooksFor() {
        assertThat(classes).filteredOn(SuiteTest::tests).allMatch(SuiteTest::named);
    }
}
