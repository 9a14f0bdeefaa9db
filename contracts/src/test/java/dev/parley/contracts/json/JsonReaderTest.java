package dev.parley.contracts.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "1",
        "null",
        "\"a\"",
        "{",
        "{\"a\"",
        "{\"a\":}",
        "{\"a\":1,}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":tru}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":[1,]}",
        "{} {}",
        "{}x",
        "{}]",
        "{\"a\":1 /* no */}",
        "\u0000{\u0000}",
        "\uFEFF{}"
      })
  void whatIsNotOneObjectIsRefused(String text) {
    assertThrows(NotJson.class, () -> read(text));
  }

  /// A megabyte of brackets over REST took more than a hundred megabytes of heap to be skipped.
  @Test
  void nestingBeyondAnyMessageIsNotEvenSkipped() throws Exception {
    assertNotNull(read("{\"a\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}").flaw());
    String deeper = "{\"a\":" + "[".repeat(500_000) + "]".repeat(500_000) + "}";
    assertThrows(NotJson.class, () -> read(deeper));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"x\":[{\"a\":1,\"b\":2,\"a\":3}]}",
        "{\"a\":null,\"a\":null}"
      })
  void duplicateKeysAreRefusedAtEveryDepth(String text) {
    NotJson refused = assertThrows(NotJson.class, () -> read(text));
    assertEquals("An object has the same key twice.", refused.getMessage());
  }

  @Test
  void duplicateKeysBelowTheDepthLimitAreStillRefused() {
    String text = "{\"x\":" + "[".repeat(40) + "{\"a\":1,\"a\":1}" + "]".repeat(40) + "}";
    assertThrows(NotJson.class, () -> read(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":1,\"a\":\"x\\u0000y\"}",
        "{\"id\":1,\"a\":\"\\ud800\"}",
        "{\"id\":1,\"a\":\"\\udc00\\ud800\"}",
        "{\"id\":1,\"a\":\"\\ud800x\"}",
        "{\"id\":1,\"\\ud800\":1}",
        "{\"id\":1,\"a\":{\"b\\u0000\":[]}}",
        "{\"id\":1,\"a\":[\"\\udfff\"]}"
      })
  void unspeakableTextIsAFlawAndTheObjectIsStillRead(String text) throws NotJson {
    ParsedJson parsed = read(text);
    assertNotNull(parsed.flaw());
    assertEquals(new JsonValue.Numeral("1"), parsed.object().get("id"));
  }

  @Test
  void escapedPairsAreText() throws NotJson {
    ParsedJson parsed = read("{\"a\":\"\\ud83d\\ude00\"}");
    assertNull(parsed.flaw());
    assertEquals("{\"a\":\"😀\"}", parsed.object().compact().toString());
    ParsedJson key = read("{\"\\ud83d\\ude00\":1}");
    assertNull(key.flaw());
    assertEquals("{\"😀\":1}", key.object().compact().toString());
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] text = "{\"a\":\"??\"}".getBytes(UTF_8);
    text[6] = (byte) 0xED;
    text[7] = (byte) 0xA0;
    assertThrows(NotJson.class, () -> JsonReader.read(text));
  }

  @Test
  void theReplacementCharacterItselfIsText() throws NotJson {
    assertEquals("{\"a\":\"\uFFFD\"}", read("{\"a\":\"\uFFFD\"}").object().compact().toString());
  }

  @Test
  void depth32IsReadAndDepth33IsAFlaw() throws NotJson {
    assertNull(read(nested(31)).flaw());
    ParsedJson tooDeep = read(nested(32));
    assertEquals(Flaw.bad("Nested deeper than 32."), tooDeep.flaw());
    assertEquals(new JsonValue.Numeral("7"), tooDeep.object().get("id"));
  }

  @Test
  void stringsAndKeysHaveALimit() throws NotJson {
    JsonLimits limits = new JsonLimits(5, 100, 100);
    Flaw over = Flaw.tooLarge("A string has more than 5 characters.");
    assertNull(read("{\"12345\":\"12345\"}", limits).flaw());
    // Escapes count as what they stand for.
    assertNull(read("{\"a\":\"\\u0031\\u0032\\u0033\\u0034\\u0035\"}", limits).flaw());
    assertEquals(over, read("{\"a\":\"123456\"}", limits).flaw());
    assertEquals(over, read("{\"123456\":1}", limits).flaw());
    assertEquals(over, read("{\"a\":[{\"b\":[\"123456\"]}]}", limits).flaw());
    ParsedJson parsed = read("{\"a\":\"123456\",\"id\":7}", limits);
    assertEquals(new JsonValue.Text(""), parsed.object().get("a"));
    assertEquals(new JsonValue.Numeral("7"), parsed.object().get("id"));
  }

  @Test
  void numbersHaveALimit() throws NotJson {
    JsonLimits limits = new JsonLimits(100, 5, 100);
    for (String fits : new String[] {"12345", "-1234", "1.234", "1e400"}) {
      assertNull(read("{\"a\":" + fits + "}", limits).flaw());
    }
    for (String over : new String[] {"123456", "-12345", "1.2345", "1e+400"}) {
      ParsedJson parsed = read("{\"a\":[" + over + "],\"id\":7}", limits);
      assertEquals(Flaw.tooLarge("A number has more than 5 characters."), parsed.flaw());
      assertEquals(new JsonValue.Numeral("7"), parsed.object().get("id"));
    }
  }

  @Test
  void valuesHaveALimitOverAllDepths() throws NotJson {
    JsonLimits limits = new JsonLimits(100, 100, 6);
    Flaw over = Flaw.tooLarge("More than 6 values.");
    assertNull(read("{\"a\":1,\"b\":[1,2],\"c\":{\"d\":1}}", limits).flaw());
    assertEquals(over, read("{\"a\":1,\"b\":[1,2],\"c\":{\"d\":1},\"e\":1}", limits).flaw());
    assertEquals(over, read("{\"a\":[1,2,3,4,5,6]}", limits).flaw());
    assertEquals(
        over, read("{\"a\":{\"1\":1,\"2\":2,\"3\":3,\"4\":4,\"5\":5,\"6\":6}}", limits).flaw());
  }

  /// What a command is called and who is to be told may stand at its end.
  @Test
  void membersAfterTheLimitOfValuesAreStillFound() throws NotJson {
    JsonLimits limits = new JsonLimits(100, 100, 6);
    ParsedJson parsed =
        read("{\"a\":[1,2,3,4,5,6,[7],{\"b\":8}],\"c\":{\"d\":1},\"id\":7}", limits);
    assertNotNull(parsed.flaw());
    assertEquals(new JsonValue.Numeral("7"), parsed.object().get("id"));
    assertEquals("[1,2,3,4,5]", parsed.object().get("a").compact().toString());
  }

  @Test
  void formIsCheckedBeyondEveryLimit() {
    JsonLimits limits = new JsonLimits(2, 2, 2);
    for (String text :
        new String[] {
          "{\"a\":[1,2,3,4,{\"b\":1,\"b\":1}]}",
          "{\"a\":[1,2,3,4,{\"b\":1]}",
          "{\"a\":\"12345\",\"a\":1}",
          "{\"a\":[1,2,3,4]} x"
        }) {
      assertThrows(NotJson.class, () -> read(text, limits));
    }
  }

  @Test
  void limitsArePositive() {
    assertThrows(IllegalArgumentException.class, () -> new JsonLimits(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new JsonLimits(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new JsonLimits(1, 1, 0));
  }

  @Test
  void aFrameFullOfBracketsOverflowsNoStack() throws NotJson {
    assertNotNull(read(nested(30_000)).flaw());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"z\":1,\"a\":2,\"m\":{\"b\":[],\"a\":{}}}",
        "{\"n\":[0,-0,1.0,1e400,1E+2,123456789012345678901234567890,0.10]}",
        "{\"t\":[true,false,null]}",
        "{\"s\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001 é 中文 العربية 👍🏽\u2028\"}"
      })
  void compactTextIsWrittenAsItWasRead(String text) throws NotJson {
    JsonText written = read(text).object().compact();
    assertEquals(read(text), read(written.toString()));
    assertEquals(text, written.toString());
  }

  @Test
  void whiteSpaceIsDropped() throws NotJson {
    assertEquals(
        "{\"a\":[1,2],\"b\":\" \"}",
        read(" { \"a\" : [ 1 , 2 ] ,\t\"b\" : \" \" } ").object().compact().toString());
  }

  @Property
  void anyTextSurvives(@ForAll String text) throws NotJson {
    String sound = new String(text.getBytes(UTF_8), UTF_8).replace("\u0000", "");
    JsonText written = JsonWriter.object().with("t", sound).end();
    assertEquals(new JsonValue.Text(sound), read(written.toString()).object().get("t"));
  }

  @Test
  void nullCountsAsAbsent() throws NotJson {
    JsonObject object = read("{\"a\":null}").object();
    assertNull(object.get("a"));
    assertTrue(object.members().containsKey("a"));
  }

  private static String nested(int arrays) {
    return "{\"x\":" + "[".repeat(arrays) + "]".repeat(arrays) + ",\"id\":7}";
  }

  private static ParsedJson read(String text, JsonLimits limits) throws NotJson {
    return JsonReader.read(text.getBytes(UTF_8), limits);
  }

  private static ParsedJson read(String text) throws NotJson {
    return JsonReader.read(text.getBytes(UTF_8));
  }
}
