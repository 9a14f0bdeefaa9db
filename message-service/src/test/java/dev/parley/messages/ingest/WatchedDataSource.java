package dev.parley.messages.ingest;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/// Shows each transaction to somebody right before it is committed, who may refuse that.
final class WatchedDataSource extends PGSimpleDataSource {
  /// Who looks.
  @FunctionalInterface
  interface BeforeCommit {
    void look(Connection connection) throws SQLException;
  }

  private final transient PGSimpleDataSource database;
  private final transient BeforeCommit watcher;

  WatchedDataSource(PGSimpleDataSource database, BeforeCommit watcher) {
    this.database = database;
    this.watcher = watcher;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = database.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit")) {
                watcher.look(connection);
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
