package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code conf/kubernetes} asks of a cluster, by a model of Kubernetes; the operator's own resource only where it holds parts of Kubernetes. */
class KubernetesTest {
    private static final Path FOLDER = Path.of("conf/kubernetes");

    private static final Map<String, Class<?>> KINDS = Map.of(
            "Namespace", Namespace.class,
            "ServiceAccount", ServiceAccount.class,
            "Role", Role.class,
            "RoleBinding", RoleBinding.class,
            "PersistentVolumeClaim", PersistentVolumeClaim.class,
            "Pod", Pod.class);

    private static final Map<String, Class<?>> PARTS = Map.of(
            "volumes", Volume.class,
            "volumeMounts", VolumeMount.class,
            "envFrom", EnvFromSource.class,
            "podSecurityContext", PodSecurityContext.class,
            "securityContext", SecurityContext.class);

    /** The model keeps what it does not know; here that is an error. */
    private static final ObjectMapper STRICT = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated member) {
                    return false;
                }
            });

    private static List<JsonNode> documents() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                STRICT.readerFor(JsonNode.class)
                        .<JsonNode>readValues(file.toFile())
                        .forEachRemaining(all::add);
            }
        }
        return all;
    }

    private static List<JsonNode> documents(String kind) throws IOException {
        return documents().stream()
                .filter(each -> each.get("kind").asText().equals(kind))
                .toList();
    }

    @Test
    void everyBuiltInKindHasOnlyFieldsThatKubernetesKnows() throws IOException {
        List<JsonNode> all = documents();
        assertThat(all).extracting(each -> each.get("kind").asText()).containsAll(KINDS.keySet());
        for (JsonNode each : all) {
            Class<?> kind = KINDS.get(each.get("kind").asText());
            if (kind != null) {
                assertThat(STRICT.treeToValue(each, kind)).isNotNull();
            }
        }
    }

    @Test
    void partsOfKubernetesInTheOperatorsResourceAreTheirs() throws IOException {
        JsonNode spec = documents("SparkApplication").get(0).get("spec");
        int parts = 0;
        for (JsonNode holder : List.of(spec, spec.get("driver"), spec.get("executor"))) {
            for (Map.Entry<String, Class<?>> part : PARTS.entrySet()) {
                JsonNode found = holder.path(part.getKey());
                for (JsonNode each : found.isArray() ? found : List.of(found)) {
                    if (!each.isMissingNode()) {
                        assertThat(STRICT.treeToValue(each, part.getValue())).isNotNull();
                        parts++;
                    }
                }
            }
        }
        assertThat(parts).isEqualTo(12);
    }

    @Test
    void aFieldThatKubernetesLacksIsFound() {
        assertThatThrownBy(() -> STRICT.readValue("spec: {containers: [{name: a, volumeMount: []}]}", Pod.class))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("volumeMount");
    }

    /** Kubernetes would refuse the pod otherwise: the namespace enforces its standard {@code restricted}. */
    @Test
    void everyPodKeepsTheStandardThatItsNamespaceEnforces() throws IOException {
        assertThat(documents("Namespace").get(0).at("/metadata/labels/pod-security.kubernetes.io~1enforce"))
                .hasToString("\"restricted\"");
        for (JsonNode pod : documents("Pod")) {
            restricted(pod.at("/spec/securityContext"), pod.at("/spec/containers/0/securityContext"));
        }
        JsonNode application = documents("SparkApplication").get(0).get("spec");
        for (JsonNode pod : List.of(application.get("driver"), application.get("executor"))) {
            restricted(pod.path("podSecurityContext"), pod.path("securityContext"));
        }
    }

    private static void restricted(JsonNode pod, JsonNode container) {
        assertThat(pod.path("runAsNonRoot")).hasToString("true");
        assertThat(pod.at("/seccompProfile/type")).hasToString("\"RuntimeDefault\"");
        assertThat(pod.path("fsGroup")).as("who may write the volumes").isEqualTo(pod.path("runAsUser"));
        assertThat(container.path("allowPrivilegeEscalation")).hasToString("false");
        assertThat(container.at("/capabilities/drop")).hasToString("[\"ALL\"]");
    }

    @Test
    void noKeyIsWrittenDownAndTheImageIsNotRoot() throws IOException {
        for (JsonNode pod : documents("Pod")) {
            assertThat(pod.at("/spec/containers/0/envFrom/0/secretRef/name").asText())
                    .isEqualTo("selgen-keys");
            assertThat(pod.findValues("env")).isEmpty();
        }
        assertThat(Files.readAllLines(FOLDER.resolve("Dockerfile")).stream().filter(line -> line.startsWith("USER ")))
                .last()
                .isEqualTo("USER 185");
    }

    @Test
    void everyNameThatIsUsedIsGiven() throws IOException {
        Set<String> claims = new TreeSet<>();
        documents().forEach(each -> claims.addAll(each.findValuesAsText("claimName")));
        List<String> given = documents("PersistentVolumeClaim").stream()
                .map(each -> each.at("/metadata/name").asText())
                .toList();
        assertThat(claims).isNotEmpty().isSubsetOf(given);
        assertThat(documents("SparkApplication").get(0).at("/spec/driver/serviceAccount"))
                .isEqualTo(documents("ServiceAccount").get(0).at("/metadata/name"));
        Matcher files = Pattern.compile("conf/kubernetes/[\\w-]+\\.yaml")
                .matcher(Files.readString(Path.of("conf/spark-kubernetes.conf")));
        assertThat(files.results().map(found -> Path.of(found.group())))
                .hasSize(3)
                .allMatch(Files::isRegularFile);
    }

    @Test
    void theImageIsMadeOfWhatTheProjectHas() throws IOException {
        for (String line : Files.readAllLines(FOLDER.resolve("Dockerfile"))) {
            if (line.startsWith("COPY ") && !line.startsWith("COPY target/")) {
                List<String> words = List.of(line.split(" ", -1));
                assertThat(words.subList(1, words.size() - 1)).allMatch(name -> Files.exists(Path.of(name)));
            }
        }
    }
}
