/** All but tabs and line feeds. */
const controls = /(?![\t\n])\p{Cc}/gu;

/**
 * A line of a text that somebody else wrote, so that neither a terminal nor a CI system takes it for a command: controls
 * become visible, and what GitHub and Azure look for at the start of a line (`::error::`, `##[error]`) gets a space of no
 * width in between.
 */
export const printable = (line: string): string =>
  line
    .replace(controls, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replace(/^(\s*):(?=:)/, '$1:\u200B')
    .replaceAll(/#(?=#(?:\[|vso\[))/g, '#\u200B');
