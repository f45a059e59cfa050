// Counts the parts a text is sent in, as the server does (`domain/segments.rs`).
// GSM-7: 160 alone, 153 a part; UCS-2: 70 alone, 67 a part. What people see as one character straddles no two parts.

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENDED = new Set("\f^{}\\[~]|€");

const segmenter = "Segmenter" in Intl ? new Intl.Segmenter() : null;

function clusters(text) {
  return segmenter ? Array.from(segmenter.segment(text), (cluster) => cluster.segment) : Array.from(text);
}

export function segments(text) {
  const characters = Array.from(text.replace(/\r\n?/g, "\n"));
  const gsm7 = characters.every((c) => BASIC.has(c) || EXTENDED.has(c));
  const cost = (c) => (gsm7 ? (EXTENDED.has(c) ? 2 : 1) : c.length);
  const [alone, part] = gsm7 ? [160, 153] : [70, 67];

  const units = characters.reduce((sum, c) => sum + cost(c), 0);
  if (units <= alone) return { count: units > 0 ? 1 : 0, left: alone - units, characters: characters.length };

  const costOf = (piece) => Array.from(piece).reduce((sum, c) => sum + cost(c), 0);
  // A cluster that no part could hold is cut
  const pieces = clusters(characters.join("")).flatMap((c) => (costOf(c) > part ? Array.from(c) : [c]));
  let count = 1;
  let used = 0;
  for (const piece of pieces) {
    if (used + costOf(piece) > part) {
      count += 1;
      used = 0;
    }
    used += costOf(piece);
  }
  return { count, left: part - used, characters: characters.length };
}
