import { parseAddress } from '../address.js';
import type { Json, JsonObject } from '../json.js';
import { formatProblem } from '../manifest/format-problem.js';
import type { Problem } from '../errors.js';
import type { Action, ActionType, Change } from '../plan/plan.js';
import { count } from './count.js';
import { formatPath } from './plan-document.js';
import { markup, type Markup } from './markup.js';
import { maximumPairs, sideBySide, type Pair } from './side-by-side.js';

/** Of so many actions or more, each is closed at first. */
const manyActions = 25;

/** Longer values are folded; their beginning shows. */
const longValue = 400;

const symbols: Readonly<Record<ActionType, string>> = {
  create: '+',
  update: '~',
  replace: '±',
  delete: '−',
  adopt: '→',
  move: '»',
};

/** What becomes of an action, or why it is there: `failed`, `changed in the tenant`. */
export interface Note {
  readonly text: string;
  readonly tone: 'good' | 'bad' | 'plain';
}

/** All actions, with filters by type, section and text. */
export function actionsHtml(
  actions: readonly Action[],
  noteOf: (action: Action) => Note | undefined = () => undefined,
): Markup {
  if (actions.length === 0) return markup`<p class="empty">Nothing to do.</p>`;
  const isOpen = actions.length < manyActions;
  return markup`${filtersHtml(actions)}
<div class="actions">${actions.map((action) => actionHtml(action, noteOf(action), isOpen))}</div>
<p class="none" hidden>Nothing matches.</p>`;
}

const sectionOf = ({ address }: Action): string => parseAddress(address)?.[0] ?? address;

function filtersHtml(actions: readonly Action[]): Markup {
  const types = (Object.keys(symbols) as ActionType[]).flatMap((type) => {
    const number = actions.filter((action) => action.type === type).length;
    return number === 0
      ? []
      : [
          markup`<label class="chip ${type}"><input type="checkbox" checked value="${type}" data-filter="type">${symbols[type]} ${type} <b>${number}</b></label>`,
        ];
  });
  const sections = [...new Set(actions.map(sectionOf))].map((section) => markup`<option>${section}</option>`);
  return markup`<form class="filters" data-filters=".action" hidden>
<label class="search">Search <input type="search" data-filter="text" placeholder="address, field or value"></label>
<label>Section <select data-filter="section"><option value="">all</option>${sections}</select></label>
<span class="chips" role="group" aria-label="Types of changes">${types}</span>
<button type="button" data-open>Open all</button> <output aria-live="polite"></output>
</form>`;
}

function actionHtml(action: Action, note: Note | undefined, isOpen: boolean): Markup {
  const { type, address, reason, consequences, changes, source, id } = action;
  const rows = changes.map((change) => changeHtml(change));
  const table =
    rows.length === 0
      ? undefined
      : markup`<div class="wide"><table class="changes"><thead><tr><th scope="col">Field</th><th scope="col">Before</th><th scope="col">After</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  const facts = [
    ...(reason === undefined ? [] : [markup`<p>${reason}</p>`]),
    ...consequences.map((sentence) => markup`<p class="consequence">${sentence}</p>`),
    ...(source ? [markup`<p class="source">${source.file}:${source.line}:${source.column}</p>`] : []),
    ...(id === undefined ? [] : [markup`<p class="source">id ${id}</p>`]),
  ];
  const badge = note && markup`<span class="note ${note.tone}">${note.text}</span>`;
  const number =
    changes.length === 0 ? undefined : markup`<span class="count">${count(changes.length, 'field')}</span>`;
  return markup`<details class="action ${type}" data-type="${type}" data-section="${sectionOf(action)}"${isOpen ? markup` open` : undefined}><summary><span class="symbol" title="${type}">${symbols[type]}</span><span class="address">${address}</span>${badge}${number}</summary><div class="body">${table}${facts}</div></details>`;
}

function changeHtml(change: Change): Markup {
  const { path, sensitive, forcesReplacement } = change;
  const forces = forcesReplacement ? markup` <span class="note bad">forces replacement</span>` : undefined;
  const field = markup`<th scope="row">${formatPath(path)}${forces}</th>`;
  if (sensitive) return markup`<tr>${field}<td class="hidden" colspan="2">sensitive, not shown</td></tr>`;
  const { before, after } = change;
  const isLong = (value: Json | undefined): boolean => isText(value) && value.includes('\n');
  if (isText(before) && isText(after) && (isLong(before) || isLong(after))) {
    return markup`<tr>${field}<td colspan="2">${linesHtml(sideBySide(before, after))}</td></tr>`;
  }
  if (isStructure(before) && isStructure(after)) {
    const pairs = sideBySide(JSON.stringify(before, null, 2), JSON.stringify(after, null, 2));
    return markup`<tr>${field}<td colspan="2">${linesHtml(pairs)}</td></tr>`;
  }
  return markup`<tr>${field}<td>${valueHtml(before, 'before')}</td><td>${valueHtml(after, 'after')}</td></tr>`;
}

const isStructure = (value: Json | undefined): value is JsonObject | readonly Json[] =>
  typeof value === 'object' && value !== null;
const isText = (value: Json | undefined): value is string => typeof value === 'string';

function valueHtml(value: Json | undefined, side: 'before' | 'after'): Markup {
  if (value === undefined) return markup`<span class="absent">none</span>`;
  const isLines = isText(value) && value.includes('\n');
  const text = isLines ? value : JSON.stringify(value, null, isText(value) ? 0 : 2);
  if (text.length <= longValue) return markup`<pre class="${side}">${text}</pre>`;
  const start = text.slice(0, 120).split('\n').slice(0, 3).join('\n');
  return markup`<details class="long"><summary><code>${start} …</code> <span class="count">${text.length} characters</span></summary><pre class="${side}">${text}</pre></details>`;
}

function linesHtml(pairs: readonly Pair[]): Markup {
  const rows = pairs.slice(0, maximumPairs).map(({ before, after, skips }) => {
    const same = before === after;
    const skipped = skips ? markup`<tr class="skip"><td colspan="2">…</td></tr>` : undefined;
    const cell = (line: string | undefined, side: string): Markup =>
      markup`<td class="${line === undefined ? 'gap' : same ? 'same' : side}">${line ?? ''}</td>`;
    return markup`${skipped}<tr>${cell(before, 'before')}${cell(after, 'after')}</tr>`;
  });
  const more = pairs.length - maximumPairs;
  const rest =
    more > 0 ? markup`<tr class="skip"><td colspan="2">${count(more, 'more line')}</td></tr>` : undefined;
  return markup`<table class="lines"><tbody>${rows}${rest}</tbody></table>`;
}

/** Problems as a terminal shows them: with the line and a caret. */
export function problemsHtml(title: string, problems: readonly Problem[]): Markup | undefined {
  if (problems.length === 0) return undefined;
  const items = problems.map(
    (problem) => markup`<li class="${problem.severity}"><pre>${formatProblem(problem)}</pre></li>`,
  );
  const isDoubt = problems.every(({ severity }) => severity === 'warning');
  return markup`<div class="problems${isDoubt ? ' doubts' : ''}"><h3>${title}</h3><ul>${items}</ul></div>`;
}
