"""Runs cases of the Autobahn suite against one WebSocket server, several at a time.

    jython -Dpython.path=... fuzz.py URL REPORTS LANES PATTERN...

Most cases spend their time waiting, so lanes (one connection each) take them from a common list. A case that did not pass
beside others is run once more, alone: some cases give the server a second to react, which a busy machine may not keep.
Writes REPORTS/index.json and one file a case. Python 2, as the suite.
"""
import sys

from java.lang import String
from java.util import BitSet
from twisted.internet import reactor

from autobahn import utf8validator, websocket
from autobahntestsuite import fuzzing

AGENT = "parley"

PASSED = ("OK", "NON-STRICT", "INFORMATIONAL")

# The suite's own limits of one second are for idle machines. The cases' limits stay as they are.
OPTIONS = {"failByDrop": False, "openHandshakeTimeout": 60, "closeHandshakeTimeout": 20, "serverConnectionDropTimeout": 20}

# From these on a case's limits are about speed, which is not what we ask for here.
PATIENT = 10
PATIENCE = 10


class Masker:
   """The suite masks byte by byte in Python; sections 9 and 10 would take half an hour."""

   def __init__(self, mask):
      self.mask = mask
      self.at = 0

   def pointer(self):
      return self.at

   def process(self, data):
      start = self.at & 3
      self.at += len(data)
      key = (self.mask[start:] + self.mask[:start]) * (len(data) // 4 + 1)
      bits = BitSet.valueOf(String(data).getBytes("ISO-8859-1"))
      bits.xor(BitSet.valueOf(String(key[:len(data)]).getBytes("ISO-8859-1")))
      masked = bits.toByteArray().tostring()
      return masked + "\0" * (len(data) - len(masked))


def quicker():
   simple = websocket.createXorMasker
   websocket.createXorMasker = lambda mask, length = None: simple(mask, length) if length < 128 else Masker(mask)

   validate = utf8validator.Utf8Validator.validate

   def validateQuickly(self, data):
      if self.state == utf8validator.Utf8Validator.UTF8_ACCEPT and len(data) >= 128:
         try:
            data.decode("ascii")
            self.i += len(data)
            return True, True, len(data), self.i
         except UnicodeDecodeError:
            pass
      return validate(self, data)

   utf8validator.Utf8Validator.validate = validateQuickly


def morePatient(name):
   original = getattr(fuzzing.FuzzingProtocol, name).im_func
   setattr(fuzzing.FuzzingProtocol, name,
           lambda self, delay: original(self, delay * PATIENCE if delay >= PATIENT else delay))


def passed(result):
   return result["behavior"] in PASSED and result["behaviorClose"] in PASSED


class Run:
   """The cases that are left, the lanes at work and the results by case."""

   def __init__(self, url, reports, cases):
      self.spec = {"outdir": reports, "cases": cases, "exclude-cases": [], "exclude-agent-cases": {}, "options": OPTIONS,
                   "servers": [{"agent": AGENT, "url": url}]}
      self.waiting = None
      self.lanes = 0
      self.agents = {AGENT: {}}
      self.alone = False
      self.failed = None

   def start(self, lanes):
      for _ in range(lanes):
         self.lanes += 1
         Lane(self)

   def ended(self, lane):
      self.lanes -= 1
      if self.lanes > 0 or self.failed:
         return
      again = [case for case, result in self.agents[AGENT].items() if not passed(result)]
      if again and not self.alone:
         print "again, alone: %s" % " ".join(sorted(again))
         self.alone = True
         self.waiting = again
         self.start(1)
         return
      lane.createReports(produceHtml = False)
      reactor.stop()


class Lane(fuzzing.FuzzingClientFactory):
   """Runs one case after the other."""

   def __init__(self, run):
      self.run = run
      fuzzing.FuzzingClientFactory.__init__(self, run.spec)
      self.agents = run.agents

   def nextCase(self):
      run = self.run
      if run.waiting is None:
         run.waiting = list(reversed(self.specCases))
      if not run.waiting:
         return False
      self.currentCaseId = run.waiting.pop()
      self.currentCaseIndex = self.CaseSet.CasesIndices[self.currentCaseId]
      return True

   def clientConnectionLost(self, connector, reason):
      if self.nextCase():
         connector.connect()
      else:
         self.run.ended(self)

   def clientConnectionFailed(self, connector, reason):
      if not self.run.failed:
         self.run.failed = reason.getErrorMessage()
         reactor.stop()


quicker()
morePatient("closeAfter")
morePatient("killAfter")
run = Run(sys.argv[1], sys.argv[2], [str(pattern) for pattern in sys.argv[4:]])
run.start(int(sys.argv[3]))
reactor.run()
if run.failed:
   sys.exit("no connection: " + run.failed)
results = run.agents[AGENT]
for case in sorted(results, key = lambda id: [int(part) for part in id.split(".")]):
   result = results[case]
   if not passed(result):
      print "FAILED %s: %s, %s; close: %s, %s" % (
         case, result["behavior"], result["result"], result["behaviorClose"], result["resultClose"])
print "%d cases, %d passed" % (len(results), len([result for result in results.values() if passed(result)]))
