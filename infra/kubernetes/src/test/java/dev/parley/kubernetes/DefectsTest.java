package dev.parley.kubernetes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each rule finds a defect that is planted into the production installation.
class DefectsTest {
  private static final Manifests PRODUCTION = Installation.render("production");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
              Deployment | gateway-service | add | /spec/templates | {} | templates
              Deployment | gateway-service | add | /spec/template/spec/containers/0/readinessProbe/every | 5 | every
              Deployment | gateway-service | remove | /spec/selector | | selector
              Deployment | gateway-service | replace | /spec/template/spec/containers | {} | containers
          Deployment | message-service | replace | /spec/replicas | "3" | /spec/replicas is no java.lang.Integer: "3"
          Deployment | message-service | replace | /spec/template/spec/containers/0/env/1/value | 5 | /env/1/value is no java.lang.String: 5
          Deployment | message-service | replace | /spec/template/spec/enableServiceLinks | "false" | /enableServiceLinks is no java.lang.Boolean
          ConfigMap | parley-environment | replace | /data/QUARKUS_HTTP_PORT | 8080 | /data/QUARKUS_HTTP_PORT is no java.lang.String: 8080
              Service | auth-service | add | /spec/ports/0/prot | 1 | prot
              NetworkPolicy | to-redis | add | /spec/egress/0/too | [] | too
              PodDisruptionBudget | auth-service | add | /spec/maxUnavailables | 1 | maxUnavailables
              HorizontalPodAutoscaler | gateway-service | remove | /spec/maxReplicas | | maxReplicas
          """)
  void formThatKubernetesRefusesIsFound(
      String kind, String name, String operation, String path, String value, String problem) {
    assertFound(Schemas::check, kind, name, operation, path, value, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Deployment | auth-service | replace | /spec/selector/matchLabels/app.kubernetes.io~1name | "other" | does not select its own pods
          Deployment | auth-service | replace | /spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels/app.kubernetes.io~1name | "other" | spreads pods that are not its own
          Deployment | auth-service | replace | /spec/template/spec/containers/0/envFrom/0/configMapRef/name | "other" | no ConfigMap: other
          Deployment | auth-service | replace | /spec/template/spec/containers/0/volumeMounts/0/name | "other" | mounts no volume: other
          Deployment | auth-service | add | /spec/template/spec/containers/0/env/- | {"name":"PARLEY_SERVICE_CREDENTIAL"} | sets twice PARLEY_SERVICE_CREDENTIAL
          Deployment | gateway-service | add | /spec/replicas | 2 | has replicas and an autoscaler
          Deployment | auth-service | replace | /metadata/name | "other" | has no PodDisruptionBudget
          Service | auth-service | replace | /spec/selector/app.kubernetes.io~1name | "other" | selects the pods of 0 deployments
          Service | auth-service | replace | /spec/ports/0/targetPort | "other" | leads to no port
          PodDisruptionBudget | auth-service | replace | /spec/selector/matchLabels/app.kubernetes.io~1name | "other" | is not for the pods of one deployment
          HorizontalPodAutoscaler | gateway-service | replace | /spec/scaleTargetRef/name | "other" | scales nothing: other
          Ingress | parley-sockets | replace | /spec/rules/0/http/paths/0/backend/service/name | "other" | leads nowhere
          Ingress | parley-sockets | replace | /spec/rules/0/http/paths/0/backend/service/port/name | "management" | leads nowhere
          NetworkPolicy | to-redis | replace | /spec/podSelector/matchLabels | {"a":"b"} | is for no pod
          NetworkPolicy | service-to-service | replace | /spec/podSelector/matchExpressions/0/values/0 | "other" | is for no pod: "other"
          """)
  void referenceThatLeadsNowhereIsFound(
      String kind, String name, String operation, String path, String value, String problem) {
    assertFound(References::check, kind, name, operation, path, value, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Deployment | auth-service | remove | /spec/template/spec/securityContext/runAsNonRoot | | /securityContext/runAsNonRoot null
          Deployment | auth-service | remove | /spec/template/spec/enableServiceLinks | | /enableServiceLinks null
          Deployment | auth-service | remove | /spec/template/spec/containers/0/securityContext/capabilities | | /securityContext/capabilities/drop null
          Deployment | auth-service | replace | /spec/template/spec/containers/0/livenessProbe/httpGet/path | "/q/health" | /livenessProbe/httpGet
          Deployment | auth-service | remove | /spec/template/spec/containers/0/resources/limits/memory | | has no /resources/limits/memory
          Deployment | auth-service | add | /spec/template/spec/containers/- | {} | more than one container
          Deployment | auth-service | remove | /spec/template/spec/containers/0/lifecycle | | stops before endpoints are told
          Deployment | gateway-service | replace | /spec/template/spec/terminationGracePeriodSeconds | 44 | is killed after 44 s and may need 45
          Deployment | auth-service | replace | /spec/template/spec/containers/0/startupProbe/failureThreshold | 40 | is killed while it waits for Kafka: 120 s
          HorizontalPodAutoscaler | gateway-service | replace | /spec/maxReplicas | 64 | 65 of gateways, and only 64 have work
          Deployment | message-service | replace | /spec/replicas | 257 | 257 of message-service, and only 256 have work
          Deployment | presence-service | replace | /spec/replicas | 17 | 17 of presence-service, and only 16 have work
          """)
  void podThatRunsOtherwiseIsFound(
      String kind, String name, String operation, String path, String value, String problem) {
    assertFound(Pods::check, kind, name, operation, path, value, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          NetworkPolicy | nobody | replace | /spec/policyTypes | ["Ingress"] | no NetworkPolicy denies by default
          NetworkPolicy | entry-to-services | remove | /spec/ingress/0/ports | | opens everything
          NetworkPolicy | to-redis | remove | /spec/egress/0/to | | opens everything
          NetworkPolicy | entry-to-services | add | /spec/ingress/0/ports/- | {"port":9000} | the management port
          NetworkPolicy | monitoring-to-management | replace | /spec/ingress/0/from/0/namespaceSelector/matchLabels/kubernetes.io~1metadata.name | "ingress-nginx" | the management port
          NetworkPolicy | to-kafka | replace | /spec/egress/0/ports/0/port | 9092 | opens ports [9092] and KAFKA_BOOTSTRAP_SERVERS says [9093]
          Deployment | gateway-service | add | /spec/template/metadata/labels/parley.dev~1uses-postgres | "true" | reaches [to-kafka, to-postgres, to-redis] and uses [to-kafka, to-redis]
          """)
  void openNetworkIsFound(
      String kind, String name, String operation, String path, String value, String problem) {
    assertFound(Network::check, kind, name, operation, path, value, problem);
  }

  private static void assertFound(
      Check check,
      String kind,
      String name,
      String operation,
      String path,
      String value,
      String problem) {
    String patch =
        "[{\"op\":\"%s\",\"path\":\"%s\",\"value\":%s}]".formatted(operation, path, value);
    Manifests broken =
        PRODUCTION.with(
            kind, name, Json.createPatch(Json.createReader(Reader.of(patch)).readArray()));
    List<String> problems = new ArrayList<>();
    check.check(broken, problems::add);
    assertTrue(problems.stream().anyMatch(found -> found.contains(problem)), problems::toString);
  }
}
