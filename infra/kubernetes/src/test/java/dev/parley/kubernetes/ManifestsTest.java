package dev.parley.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Both installations keep every rule. That each rule finds what it is for: [DefectsTest].
class ManifestsTest {
  @ParameterizedTest
  @ValueSource(strings = {"base", "production"})
  void formIsWhatKubernetesSays(String directory) {
    assertKept(directory, Schemas::check);
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "production"})
  void referencesLeadSomewhere(String directory) {
    assertKept(directory, References::check);
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "production"})
  void podsRunBoundedAndWithoutRights(String directory) {
    assertKept(directory, Pods::check);
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "production"})
  void networkIsOpenOnlyWhereSomebodyNeedsIt(String directory) {
    assertKept(directory, Network::check);
  }

  private static void assertKept(String directory, Check check) {
    List<String> problems = new ArrayList<>();
    check.check(Installation.render(directory), problems::add);
    assertEquals(List.of(), problems);
  }
}
