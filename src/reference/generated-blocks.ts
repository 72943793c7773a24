/**
 * A part of a page that is written by `npm run schema`, between two marks that keep prettier away from it too. All the
 * rest of the page is written by hand.
 */
const block =
  /(?<=^<!-- prettier-ignore-start -->\n\n<!-- generated: (?<name>.+) -->\n\n)[\s\S]*?(?=^<!-- prettier-ignore-end -->$)/gm;

/**
 * A page with every generated part made anew.
 *
 * @param make the text of a part by its name, such as `fields of roles`
 */
export const fillBlocks = (page: string, make: (name: string) => string): string =>
  page.replace(block, (...match) => `${make((match.at(-1) as { readonly name: string }).name)}\n\n`);

/** The marks around a part that is not written yet. */
export const emptyBlock = (name: string): string =>
  `<!-- prettier-ignore-start -->\n\n<!-- generated: ${name} -->\n\n<!-- prettier-ignore-end -->`;
