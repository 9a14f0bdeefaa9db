package dev.parley.stack.cli;

/// What a reader can paste to see it work.
final class Example {
  private Example() {}

  static String text(int port) {
    return """

    Try it, in any shell with curl:
      api=http://localhost:%1$d/api; json='Content-Type: application/json'
      curl -s $api/auth/register -H "$json" -d '{"username":"ada","password":"correct horse battery","displayName":"Ada"}'
      curl -s $api/auth/login -H "$json" -d '{"username":"ada","password":"correct horse battery","device":"shell"}'
    and with the accessToken of the answer, in any WebSocket client (npx wscat -c ws://localhost:%1$d/ws):
      {"id":1,"type":"connect","token":"<accessToken>"}

    ./parley down stops it, ./parley status shows the processes; both take the --data of this stack.
    """
        .formatted(port)
        .stripTrailing();
  }
}
