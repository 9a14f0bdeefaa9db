package dev.parley.messages.ingest;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/// Counts every execution of a statement.
final class CountingDataSource extends PGSimpleDataSource {
  private final transient PGSimpleDataSource database;
  private final AtomicInteger statements = new AtomicInteger();

  CountingDataSource(PGSimpleDataSource database) {
    this.database = database;
  }

  int statements() {
    return statements.get();
  }

  @Override
  public Connection getConnection() throws SQLException {
    return counting(Connection.class, database.getConnection());
  }

  private <T> T counting(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("execute")) {
                statements.incrementAndGet();
              }
              try {
                Object result = method.invoke(target, arguments);
                return result instanceof PreparedStatement statement
                    ? counting(PreparedStatement.class, statement)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
