import { createHash } from 'node:crypto';
import { markup, Markup } from './markup.js';
import { pageScript, pageStyle } from './page-assets.js';

/** One part of the page; a tab of its own where scripts run. */
export interface PageSection {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
}

export interface Page {
  readonly title: string;
  /** Below the title: which stack, which tenant, what it comes to. */
  readonly facts: readonly Markup[];
  readonly sections: readonly PageSection[];
}

const sourceHash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * One page that stands by itself. Nothing is fetched, and nothing runs but the script of this package: a policy names it
 * by its hash, so that what a value of a tenant might smuggle in would do nothing.
 */
export function htmlPage({ title, facts, sections }: Page): string {
  const [script, style] = [pageScript(), pageStyle()];
  const policy = `default-src 'none'; script-src ${sourceHash(script)}; style-src ${sourceHash(style)}; base-uri 'none'; form-action 'none'`;
  const tabs = sections.map(
    (section) => markup`<a href="#${section.id}" id="tab-${section.id}">${section.title}</a>`,
  );
  const parts = sections.map(
    (section) =>
      markup`<section id="${section.id}" aria-labelledby="heading-${section.id}"><h2 id="heading-${section.id}">${section.title}</h2>${section.content}</section>`,
  );
  const { text } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<header><h1>${title}</h1><p class="facts">${facts}</p>${sections.length > 1 ? markup`<nav aria-label="Parts of the report">${tabs}</nav>` : undefined}</header>
<main>
${parts}
</main>
<script>${new Markup(script)}</script>
</body>
</html>
`;
  return text;
}
