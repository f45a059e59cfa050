// Counts the parts of texts as Twilio's own calculator does (npm `sms-segments-calculator`).
//
// stdin:  a JSON list of texts
// stdout: a JSON list of [encoding, parts]

const { createRequire } = require("node:module");
const path = require("node:path");

const modules = path.resolve(process.env.CREWLINE_TEST_NODE_MODULES);
const { SegmentedMessage } = createRequire(modules + path.sep)("sms-segments-calculator");

let question = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk) => (question += chunk));
process.stdin.on("end", () => {
  const counted = JSON.parse(question).map((text) => {
    const message = new SegmentedMessage(text);
    return [message.encodingName, message.segmentsCount];
  });
  process.stdout.write(JSON.stringify(counted));
});
