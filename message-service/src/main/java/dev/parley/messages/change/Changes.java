package dev.parley.messages.change;

import dev.parley.messages.database.PostgresDatabase;
import dev.parley.messages.fanout.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The one way in which REST changes something: decide and append in one transaction, commit, then
/// distribute. Blocks; called on virtual threads.
@ApplicationScoped
public class Changes {
  private final PostgresDatabase database;
  private final PostgresAnswers answers;
  private final Outbox outbox;

  Changes(PostgresDatabase database, PostgresAnswers answers, Outbox outbox) {
    this.database = database;
    this.answers = answers;
    this.outbox = outbox;
  }

  /// Does `work`; a repetition of it finds by itself that nothing is left to do.
  public <T> T apply(Supplier<Change<T>> work) {
    Change<T> change = database.write(work);
    outbox.distribute(change.events());
    return change.body();
  }

  /// The answer that `request` was given before, or null. Asked before anything else is looked at,
  /// so that a repetition needs nothing but the database.
  public <T> @Nullable Answer<T> earlier(@Nullable Repetition request, Class<T> type) {
    return request == null ? null : answers.find(request, type);
  }

  /// Does `work` unless `request` has been answered before, and keeps its answer. A refused request
  /// leaves no trace: its key may be used again.
  ///
  /// @param request null: the client gave no key
  public <T> Answer<T> once(@Nullable Repetition request, Class<T> type, Supplier<Change<T>> work) {
    Outcome<T> outcome = database.write(() -> claimed(request, type, work));
    if (outcome.change() != null) {
      outbox.distribute(outcome.change().events());
    }
    return outcome.answer();
  }

  private <T> Outcome<T> claimed(
      @Nullable Repetition request, Class<T> type, Supplier<Change<T>> work) {
    Answer<T> earlier = request == null ? null : answers.claim(request, type);
    if (earlier != null) {
      return new Outcome<>(earlier, null);
    }
    Change<T> change = work.get();
    if (request != null) {
      answers.keep(request, change);
    }
    return new Outcome<>(new Answer<>(change.status(), change.body(), false), change);
  }

  private record Outcome<T>(Answer<T> answer, @Nullable Change<T> change) {}
}
