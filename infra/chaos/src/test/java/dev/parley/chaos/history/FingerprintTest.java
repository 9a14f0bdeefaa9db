package dev.parley.chaos.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void whatWasMeantSeenAndKeptIsTheSame() throws JsonProcessingException {
    long meant = Fingerprint.ofContent(object("{'text':'hi','x':[1,{'b':2,'a':1}]}"));
    long kept = Fingerprint.ofDetail(bytes("{'content':{'x':[1,{'a':1,'b':2}],'text':'hi'}}"));
    long seen =
        Fingerprint.ofEvent(
            object(
                "{'type':'event','event':'message','conversation':'c','seq':5,'at':'t','user':'u',"
                    + "'message':'m','content':{'text':'hi','x':[1,{'b':2,'a':1}]},'replyTo':'r'}"));
    assertEquals(meant, kept);
    assertEquals(meant, seen);
    assertNotEquals(meant, Fingerprint.ofContent(object("{'text':'ho','x':[1,{'b':2,'a':1}]}")));
  }

  @Test
  void theMessageOfAnEditIsPartOfIt() throws JsonProcessingException {
    long kept = Fingerprint.ofDetail(bytes("{'message':'m','content':{}}"));
    long seen =
        Fingerprint.ofEvent(
            object("{'type':'event','event':'edited','seq':5,'message':'m','content':{}}"));
    assertEquals(kept, seen);
    assertNotEquals(kept, Fingerprint.ofDetail(bytes("{'message':'n','content':{}}")));
  }

  @Test
  void memberAndRoleStandOutside() {
    assertEquals(
        Fingerprint.NOTHING, Fingerprint.ofDetail(bytes("{'member':'m','role':'banned'}")));
  }

  private static ObjectNode object(String json) throws JsonProcessingException {
    return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(UTF_8);
  }
}
