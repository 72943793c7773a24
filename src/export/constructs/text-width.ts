// Wide in every monospaced font: East Asian scripts, and what is drawn as a picture.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const withoutWidth = /\p{M}|[\u200c\u200d]/u;

/** How many columns a text takes. */
export function textWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  const widths = Array.from(text, (sign): number => (withoutWidth.test(sign) ? 0 : wide.test(sign) ? 2 : 1));
  return widths.reduce((sum, width) => sum + width, 0);
}
