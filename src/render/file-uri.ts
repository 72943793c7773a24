/**
 * The name of a file with slashes, as URIs and the annotations of GitHub have it, whatever the system: a backslash in the
 * name of a manifest is a separator of Windows.
 */
export const withSlashes = (file: string): string => file.replaceAll('\\', '/');

/** The file as a reference of RFC 3986: relative where the name is, else with `file:`. */
export function fileUri(file: string): string {
  const path = withSlashes(file);
  const encoded = path
    .split('/')
    .map((segment) => encodeURIComponent(segment))
    .join('/');
  const drive = /^([A-Za-z])%3A(\/.*)$/s.exec(encoded);
  if (drive) return `file:///${drive[1] ?? ''}:${drive[2] ?? ''}`;
  // `//server/share/file` is a name of Windows with a host.
  if (encoded.startsWith('//')) return `file:${encoded}`;
  return encoded.startsWith('/') ? `file://${encoded}` : encoded;
}
