package dev.parley.stack.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.servers.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path temporary;
  private DataDirectory directory;

  @BeforeEach
  void create() throws IOException {
    directory = new DataDirectory(temporary.resolve("stack"));
    directory.create();
  }

  @Test
  void onlyOneHasTheLock() throws Exception {
    try (var held = directory.lock().orElseThrow()) {
      assertTrue(held.isOpen());
      assertEquals(Optional.empty(), directory.lock());
    }
    directory.lock().orElseThrow().close();
  }

  @Test
  void theStateIsReadAsItWasWrittenAndOnlyTheOwnerMayReadIt() throws Exception {
    assertEquals(Optional.empty(), directory.state().read());
    ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current());
    StackState state =
        new StackState(
            self, 4711, "token", true, List.of(new StackState.Entry("redis", self, 6379, "TERM")));
    directory.state().write(state);
    assertEquals(Optional.of(state), directory.state().read());
    assertEquals("rw-------", mode(directory.root().resolve("state.json")));
    directory.state().delete();
    assertEquals(Optional.empty(), directory.state().read());
  }

  @Test
  void aStateThatIsNotOursIsNamed() throws Exception {
    Files.writeString(directory.root().resolve("state.json"), "not json");
    var e = assertThrows(IOException.class, () -> directory.state().read());
    assertTrue(e.getMessage().contains("state.json cannot be read"), e.getMessage());
  }

  @Test
  void secretsAreMadeOnceAndOnlyTheOwnerMayReadThem() throws Exception {
    Path store = directory.store(false);
    Secrets first = Secrets.of(store);
    assertEquals(first.serviceCredential(), Secrets.of(store).serviceCredential());
    assertEquals("rw-------", mode(store.resolve("secrets.properties")));
    assertEquals("Secrets", first.toString());
  }

  @Test
  void whatIsInItIsTheOwnersAloneEvenWhereTheDirectoryIsNot() throws Exception {
    Path open = temporary.resolve("open");
    Files.createDirectory(
        open, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    DataDirectory inOpen = new DataDirectory(open);
    inOpen.create();
    Secrets.of(inOpen.store(true));
    for (String name : List.of("logs", "run", "fresh")) {
      assertEquals("rwx------", mode(open.resolve(name)), name);
    }
  }

  @Test
  void aNewLogKeepsTheOneBefore() throws Exception {
    Files.writeString(directory.log("redis"), "old");
    directory.rotateLog("redis");
    assertTrue(Files.notExists(directory.log("redis")));
    assertEquals("old", Files.readString(directory.root().resolve("logs/redis.log.1")));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
