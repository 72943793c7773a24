'use strict';
// Runs in the page of a report, and nowhere else. Without it the page shows everything, one part below the other.

/** @type {(from: ParentNode, selector: string) => HTMLElement[]} */
const all = (from, selector) =>
  [...from.querySelectorAll(selector)].map((found) => /** @type {HTMLElement} */ (found));

/** Shows one part of the page at a time, named by the fragment of the address. */
function tabs() {
  const links = all(document, 'nav a');
  const sections = all(document, 'main > section');
  const show = () => {
    const wanted = sections.find(({ id }) => `#${id}` === location.hash) ?? sections[0];
    for (const section of sections) section.hidden = section !== wanted;
    for (const link of links) {
      if (link.getAttribute('href') === `#${wanted?.id ?? ''}`) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    scrollTo(0, 0);
  };
  if (links.length === 0) return;
  addEventListener('hashchange', show);
  // After the browser has gone to the fragment itself, which hides the head of the page.
  addEventListener('load', show);
  show();
}

/**
 * Hides what does not fit the filters of a form.
 *
 * @param {HTMLElement} form
 */
function filters(form) {
  const section = form.closest('section');
  if (!section) return;
  const items = all(section, form.dataset['filters'] ?? '').map((element) => ({
    element,
    text: (element.textContent ?? '').toLowerCase(),
  }));
  const fields = all(form, '[data-filter]').map((field) => /** @type {HTMLInputElement} */ (field));
  const field = (/** @type {string} */ name) => fields.find(({ dataset }) => dataset['filter'] === name);
  const none = all(section, '.none')[0];
  const update = () => {
    const words = (field('text')?.value ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const wantedSection = field('section')?.value ?? '';
    const types = fields.filter(({ dataset, checked }) => dataset['filter'] === 'type' && !checked);
    const hiddenTypes = new Set(types.map(({ value }) => value));
    const onlyChanges = field('changes')?.checked ?? false;
    let shown = 0;
    for (const { element, text } of items) {
      const fits =
        words.every((word) => text.includes(word)) &&
        (wantedSection === '' || element.dataset['section'] === wantedSection) &&
        !hiddenTypes.has(element.dataset['type'] ?? '') &&
        (!onlyChanges || 'changes' in element.dataset);
      element.hidden = !fits;
      if (fits) shown += 1;
    }
    if (none) none.hidden = shown > 0;
    const output = form.querySelector('output');
    if (output) output.textContent = shown === items.length ? '' : `${shown} of ${items.length}`;
  };
  form.hidden = false;
  form.addEventListener('input', update);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  form.querySelector('[data-open]')?.addEventListener('click', (event) => {
    const closed = items.some(({ element }) => element instanceof HTMLDetailsElement && !element.open);
    for (const { element } of items) if (element instanceof HTMLDetailsElement) element.open = closed;
    /** @type {HTMLElement} */ (event.currentTarget).textContent = closed ? 'Close all' : 'Open all';
  });
  // A browser keeps what was typed before a reload.
  update();
}

document.documentElement.classList.add('scripted');
tabs();
for (const form of all(document, '[data-filters]')) filters(form);
