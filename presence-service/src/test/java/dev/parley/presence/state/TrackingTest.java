package dev.parley.presence.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.presence.PresenceStatus;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TrackingTest {
  private static final UUID PHONE = new UUID(0, 1);
  private static final UUID LAPTOP = new UUID(0, 2);

  private final Story story = new Story();

  @Test
  void whoOpensASessionIsOnlineOnceItHasSettled() {
    story.opened(PHONE).after(400);
    assertEquals(List.of(), story.told());
    story.after(200);
    assertEquals(List.of("online"), story.told());
  }

  @Test
  void whoReconnectsWithinTheGraceTimeIsNotToldOffline() {
    story.opened(PHONE).after(1000).closed(PHONE).after(4000).opened(LAPTOP).after(60_000);
    assertEquals(List.of("online"), story.told());
  }

  @Test
  void whoStaysAwayIsToldOfflineAndLastSeenWhenTheyLeft() {
    story.opened(PHONE).after(1000).closed(PHONE);
    long left = story.now();
    story.after(4900);
    assertEquals(List.of("online"), story.told());
    story.after(200);
    assertEquals(List.of("online", "offline"), story.told());
    assertEquals(left, story.state().told().at());
  }

  @Test
  void flickerIsNotToldAtAll() {
    story.opened(PHONE).after(300).closed(PHONE).after(60_000);
    assertEquals(List.of(), story.told());
    assertEquals(Told.NEVER_SEEN, story.state().told());
  }

  @Test
  void statusThatIsTakenBackAtOnceIsNotTold() {
    story.opened(PHONE).after(1000);
    story.says(PHONE, PresenceStatus.AWAY).after(300).says(PHONE, PresenceStatus.ONLINE);
    story.after(60_000);
    assertEquals(List.of("online"), story.told());
  }

  @Test
  void awayAreThoseWhoseDevicesAllAre() {
    story.opened(PHONE).opened(LAPTOP).after(1000);
    story.says(PHONE, PresenceStatus.AWAY).after(10_000);
    assertEquals(List.of("online"), story.told());
    story.says(LAPTOP, PresenceStatus.AWAY).after(10_000);
    assertEquals(List.of("online", "away"), story.told());
  }

  @Test
  void busyOnOneDeviceIsBusy() {
    story.opened(PHONE).opened(LAPTOP).says(PHONE, PresenceStatus.BUSY, "in a call").after(1000);
    assertEquals(List.of("busy in a call"), story.told());
    story.closed(PHONE).after(1000);
    assertEquals(List.of("busy in a call"), story.told());
    story.after(60_000);
    assertEquals(List.of("busy in a call", "online"), story.told());
  }

  @Test
  void statusSurvivesAReconnectThatSaysItAgain() {
    story.opened(PHONE).says(PHONE, PresenceStatus.BUSY).after(1000).closed(PHONE).after(2000);
    story.opened(LAPTOP).after(2000).says(LAPTOP, PresenceStatus.BUSY).after(60_000);
    assertEquals(List.of("busy"), story.told());
  }

  @Test
  void whoGoesInvisibleLooksLikeSomebodyWhoLeft() {
    story.opened(PHONE).after(1000).says(PHONE, PresenceStatus.INVISIBLE);
    long hidden = story.now();
    story.after(4900);
    assertEquals(List.of("online"), story.told());
    story.after(60_000).closed(PHONE).after(60_000);
    assertEquals(List.of("online", "offline"), story.told());
    assertEquals(hidden, story.state().told().at());
  }

  @Test
  void whoComesInvisibleIsNeverSeen() {
    story.opened(PHONE).after(300).says(PHONE, PresenceStatus.INVISIBLE).after(60_000);
    story.closed(PHONE).after(60_000);
    assertEquals(List.of(), story.told());
    assertEquals(0, story.state().told().at());
  }

  @Test
  void invisibleOnOneDeviceHidesTheOthers() {
    story.opened(PHONE).opened(LAPTOP).says(PHONE, PresenceStatus.INVISIBLE).after(60_000);
    assertEquals(List.of(), story.told());
  }

  @Test
  void invisibleDeviceThatReconnectsIsNotSeenInBetween() {
    story.opened(PHONE).says(PHONE, PresenceStatus.INVISIBLE).opened(LAPTOP).after(10_000);
    story.closed(PHONE).after(4000);
    UUID again = new UUID(0, 3);
    story.opened(again).after(400).says(again, PresenceStatus.INVISIBLE).after(60_000);
    assertEquals(List.of(), story.told());
  }

  @Test
  void sessionsOfALostGatewayAreGoneAtOnceAndWereLastSeenWhenItLived() {
    story.opened(PHONE).after(30_000).lost(story.now() - 15_000).after(0);
    assertEquals(List.of("online", "offline"), story.told());
    assertEquals(story.now() - 15_000, story.state().told().at());
  }

  @Test
  void whoWasToldAsThereBeforeAllWasLostIsToldGoneUnlessASessionTurnsUp() {
    UserState restored =
        UserState.NONE.restored(new Told(ShownStatus.BUSY, null, 1), story.now() - 7000);
    story.from(restored).after(0);
    assertEquals(List.of("offline"), story.told());
    assertEquals(story.now() - 7000, story.state().told().at());

    Story other = new Story().from(restored).listed(PHONE, PresenceStatus.BUSY).after(60_000);
    assertEquals(List.of(), other.told());
  }

  @Test
  void countlessReconnectsLeaveLittleBehind() {
    story.opened(PHONE).says(PHONE, PresenceStatus.INVISIBLE).closed(PHONE);
    for (int i = 10; i < 200; i++) {
      story.opened(new UUID(0, i)).closed(new UUID(0, i));
    }
    assertTrue(story.state().sessions().size() <= 8);
    assertTrue(story.state().hidden());
  }

  @Test
  void whatIsNotedButNotYetToldIsToldAgain() {
    Tracking tracking = new Tracking(new Timing(Duration.ofMillis(500), Duration.ofSeconds(5)));
    UserState opened =
        tracking.apply(UserState.NONE, new Change.Opened(Story.GATEWAY, PHONE, 0), 1_000);
    Tracking.Outcome noted = tracking.tell(opened, 1_500);
    assertEquals(ShownStatus.ONLINE, noted.news().status());
    assertTrue(noted.state().due() > 0 && noted.state().due() <= 1_500);

    UserState busier =
        tracking.apply(noted.state(), new Change.Opened(Story.GATEWAY, LAPTOP, 0), 2_000);
    assertEquals(noted.news(), tracking.tell(busier, 2_000).news());
    assertNull(tracking.tell(busier.settled(), 2_000).news());
    assertEquals(0, busier.settled().due());
  }

  @Test
  void nothingIsDueOnceAllIsTold() {
    story.opened(PHONE).after(10_000);
    assertEquals(0, story.state().due());
    story.closed(PHONE).after(10_000);
    assertEquals(0, story.state().due());
    assertNull(story.state().told().text());
  }
}
