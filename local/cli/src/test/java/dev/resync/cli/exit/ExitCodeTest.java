package dev.resync.cli.exit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.resync.error.ResyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each error has one exit code, and the document says so. */
class ExitCodeTest {

    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| `(\\w+)` \\|", Pattern.MULTILINE);

    @Test
    void everyErrorHasACodeOfItsOwn() {
        Set<String> errors = new ClassFileImporter()
                .importPackages("dev.resync.error").stream()
                        .filter(type -> type.isAssignableTo(ResyncException.class))
                        .map(JavaClass::getName)
                        .filter(name -> !name.equals(ResyncException.class.getName()))
                        .collect(Collectors.toSet());
        Set<String> coded = Arrays.stream(ExitCode.values())
                .map(ExitCode::error)
                .filter(Objects::nonNull)
                .map(Class::getName)
                .collect(Collectors.toSet());
        assertThat(errors).isNotEmpty();
        assertThat(coded).isEqualTo(errors);
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code))
                .doesNotHaveDuplicates()
                .allSatisfy(code -> assertThat(code).isBetween(0, 125));
    }

    @Test
    void theDocumentListsEveryErrorWithItsCode() throws IOException {
        String document = Files.readString(Path.of("..", "..", "docs", "errors.md"));
        Set<String> documented = ROW.matcher(document)
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .collect(Collectors.toSet());
        Set<String> coded = Arrays.stream(ExitCode.values())
                .filter(code -> code.error() != null)
                .map(code -> code.code() + " " + code.error().getSimpleName())
                .collect(Collectors.toSet());
        assertThat(documented).isEqualTo(coded);
        Arrays.stream(ExitCode.values()).filter(code -> code.error() == null).forEach(code -> assertThat(document)
                .contains("| " + code.code() + " |"));
    }

    @Test
    void anUnknownNameIsAFaultOfTheProgram() {
        assertThat(ExitCode.of("java.lang.NullPointerException")).isEqualTo(ExitCode.UNEXPECTED);
        assertThat(ExitCode.of("dev.resync.error.GateRefused")).isEqualTo(ExitCode.GATE_REFUSED);
    }
}
