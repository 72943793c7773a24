// An address joins a path in the manifest with dots; a segment with other characters is written ["a.b"].
const plainSegment = /^[A-Za-z0-9_:-]+$/;

/** `['apiResources', 'a.b']` → `apiResources["a.b"]`. */
export function formatAddress(segments: readonly string[]): string {
  let address = '';
  for (const [index, segment] of segments.entries()) {
    if (!plainSegment.test(segment)) address += `[${JSON.stringify(segment)}]`;
    else address += index === 0 ? segment : `.${segment}`;
  }
  return address;
}

/** The segments of an address, or undefined when the text is none. */
export function parseAddress(address: string): readonly string[] | undefined {
  const segments: string[] = [];
  const segment = /\.?([A-Za-z0-9_:-]+)|\[("(?:[^"\\]|\\.)*")\]/y;
  while (segment.lastIndex < address.length) {
    const start = segment.lastIndex;
    const match = segment.exec(address);
    if (!match) return undefined;
    if (match[2] !== undefined) {
      const text = parseText(match[2]);
      if (text === undefined) return undefined;
      segments.push(text);
    } else if ((start === 0) === match[0].startsWith('.')) return undefined;
    else segments.push(match[1] ?? '');
  }
  return segments.length === 0 ? undefined : segments;
}

/** The address of what holds a child; of what is at the top, its own. */
export const parentAddress = (address: string): string =>
  formatAddress((parseAddress(address) ?? []).slice(0, 2));

/** Whether an address is that of a resource, or of something that this holds. */
export const isWithin = (address: string, holder: string): boolean =>
  address === holder || address.startsWith(`${holder}.`) || address.startsWith(`${holder}[`);

function parseText(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}
