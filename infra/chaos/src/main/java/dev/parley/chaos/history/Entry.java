package dev.parley.chaos.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.UUID;

/// What a client intends or sees. Entries follow each other in a file in the order in which the
/// client did and saw them.
///
/// A device has one connection at a time: everything between [Link.Connect] and [Link.Closed] or
/// [Link.Cut] belongs to that connection, and nothing that still arrives after these is written
/// down or acted on.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Entry.Device.class, name = "device"),
  @JsonSubTypes.Type(value = Entry.Finished.class, name = "finished"),
  @JsonSubTypes.Type(value = Link.Connect.class, name = "connect"),
  @JsonSubTypes.Type(value = Link.Connected.class, name = "connected"),
  @JsonSubTypes.Type(value = Link.Closed.class, name = "closed"),
  @JsonSubTypes.Type(value = Link.Cut.class, name = "cut"),
  @JsonSubTypes.Type(value = Link.Subscribe.class, name = "subscribe"),
  @JsonSubTypes.Type(value = Link.Subscribed.class, name = "subscribed"),
  @JsonSubTypes.Type(value = Link.Unsubscribe.class, name = "unsubscribe"),
  @JsonSubTypes.Type(value = Link.Unsubscribed.class, name = "unsubscribed"),
  @JsonSubTypes.Type(value = Wish.Send.class, name = "send"),
  @JsonSubTypes.Type(value = Wish.Change.class, name = "change"),
  @JsonSubTypes.Type(value = Wish.Create.class, name = "create"),
  @JsonSubTypes.Type(value = Answer.Sent.class, name = "sent"),
  @JsonSubTypes.Type(value = Answer.Done.class, name = "done"),
  @JsonSubTypes.Type(value = Answer.Created.class, name = "created"),
  @JsonSubTypes.Type(value = Answer.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = Answer.Unknown.class, name = "unknown"),
  @JsonSubTypes.Type(value = Push.Event.class, name = "event"),
  @JsonSubTypes.Type(value = Push.Behind.class, name = "behind"),
  @JsonSubTypes.Type(value = Push.Joined.class, name = "joined"),
  @JsonSubTypes.Type(value = Push.Left.class, name = "left"),
  @JsonSubTypes.Type(value = Push.Odd.class, name = "odd"),
  @JsonSubTypes.Type(value = Reading.Read.class, name = "read"),
  @JsonSubTypes.Type(value = Reading.Page.class, name = "page"),
  @JsonSubTypes.Type(value = Reading.Failed.class, name = "unread"),
})
public sealed interface Entry
    permits Entry.Device, Entry.Finished, Link, Wish, Answer, Push, Reading {

  /// The first line of every file: whose it is.
  ///
  /// @param device the label that `connect` carries
  record Device(UUID user, String device) implements Entry {}

  /// The last line of every file of a run that ended in order: the client has caught up as far as
  /// it could, and what it holds now is what it will ever hold.
  ///
  /// @param positions the last seq that it has of each conversation
  record Finished(Map<UUID, Long> positions) implements Entry {}
}
